import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

export interface FfmpegCost {
  readonly wallSeconds: number;
  /** User and system time as ffmpeg's own `-benchmark` tells it. */
  readonly cpuSeconds: number;
}

/** Runs ffmpeg as a shell would and tells what it cost. */
export async function runFfmpeg(
  ffmpeg: string,
  argv: readonly string[],
  onStart?: (child: ChildProcess) => void,
): Promise<FfmpegCost> {
  const started = performance.now();
  const child = spawn(ffmpeg, ['-benchmark', ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  onStart?.(child);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-16_384)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${log.slice(-1000)}`);
  const bench = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(log);
  if (bench === null) throw new Error('ffmpeg told no CPU time');
  return { wallSeconds: (performance.now() - started) / 1000, cpuSeconds: Number(bench[1]) + Number(bench[2]) };
}

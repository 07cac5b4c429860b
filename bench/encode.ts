import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Plan } from '@transcode/contracts';
import { chunkArgv } from '@transcode/planner';
import { startBenchStack } from './src/bench-stack.ts';
import { ratioLine } from './src/rounds.ts';
import { runFfmpeg, type FfmpegCost } from './src/run-ffmpeg.ts';
import { runJourney } from './src/run-journey.ts';

const run = promisify(execFile);

/** The source: 1080p25, 14 Mb/s, no sound, so that nothing but the ladder works, and short enough to be one chunk. */
const SOURCE = { seconds: 6, bitRate: '14M' };
const PROMISED = { ladderCpu: 0.8, journeyWall: 1.05 };

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/**
 * What the platform adds to bare ffmpeg, and what one decode for all renditions saves. Rounds are interleaved: this machine's
 * speed drifts, so that only figures of the same round are compared. `argv[0]` is the number of rounds, 3 unless told.
 */
export async function benchEncode(argv: readonly string[], { root, print }: Context): Promise<number> {
  const rounds = Math.max(3, Number(argv[0] ?? 3));
  const stack = await startBenchStack(root);
  try {
    const source = await makeSource(stack.tools.ffmpeg, stack.folder, print);
    await stack.startProcess('worker', { SCRATCH_DIR: path.join(stack.folder, 'scratch') });
    const cpu: number[] = [];
    const wall: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const journey = await runJourney(stack, source);
      const { plan } = journey;
      const ladder = await runBare(stack.tools.ffmpeg, plan, source, path.join(stack.folder, `ladder-${round}`));
      const single: FfmpegCost[] = [];
      for (const rendition of plan.video) {
        const alone = { ...plan, video: [rendition] };
        single.push(
          await runBare(stack.tools.ffmpeg, alone, source, path.join(stack.folder, `${rendition.name}-${round}`)),
        );
      }
      const frames = await countFrames(stack, plan, path.join(stack.folder, `ladder-${round}`));
      if (frames.some((count) => count !== journey.frames)) {
        print(`REFUSED: bare ffmpeg made ${frames.join(', ')} frames, the platform ${journey.frames}`);
        return 1;
      }
      const singleCpu = single.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
      cpu.push(ladder.cpuSeconds / singleCpu);
      wall.push(journey.wallSeconds / ladder.wallSeconds);
      print(
        `round ${round}: ladder ${ladder.cpuSeconds.toFixed(1)} s CPU, ${plan.video.length} processes ${singleCpu.toFixed(1)} s; ` +
          `claim to last segment ${journey.wallSeconds.toFixed(2)} s (ffmpeg ${journey.ffmpegSeconds.toFixed(2)} s, ` +
          `${journey.ffmpegCpuSeconds.toFixed(1)} s CPU), bare ffmpeg ${ladder.wallSeconds.toFixed(2)} s`,
      );
    }
    const lines = [
      ratioLine('ladder CPU / one process a rendition', cpu, PROMISED.ladderCpu),
      ratioLine('claim to last segment / bare ffmpeg', wall, PROMISED.journeyWall),
    ];
    for (const { line } of lines) print(line);
    return lines.every(({ holds }) => holds) ? 0 : 1;
  } finally {
    await stack.dispose();
  }
}

export { benchEncode as run };

async function makeSource(ffmpeg: string, folder: string, print: (line: string) => void): Promise<string> {
  const file = path.join(folder, 'source.mp4');
  print(`making a source of ${SOURCE.seconds} s, 1920x1080, ${SOURCE.bitRate}b/s`);
  const graph = `testsrc2=size=1920x1080:rate=25:duration=${SOURCE.seconds},noise=alls=14:allf=t`;
  const rate = ['-b:v', SOURCE.bitRate, '-maxrate', SOURCE.bitRate, '-bufsize', SOURCE.bitRate];
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', ...rate];
  await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', graph, ...encoder, file]);
  return file;
}

/** The stored plan's own argument list, its outputs written to files. */
async function runBare(ffmpeg: string, plan: Plan, source: string, folder: string): Promise<FfmpegCost> {
  await mkdir(folder, { recursive: true });
  const outputs = plan.video.map((rendition) => path.join(folder, `${rendition.name}.mp4`));
  return runFfmpeg(ffmpeg, ['-y', ...chunkArgv(plan, 0, { source, protocols: 'file', outputs, progress: 'pipe:1' })]);
}

async function countFrames({ tools }: { tools: { ffprobe: string } }, plan: Plan, folder: string): Promise<number[]> {
  return Promise.all(
    plan.video.map(async ({ name }) => {
      const { stdout } = await run(
        tools.ffprobe,
        ['-v', 'error', '-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0'].concat(
          path.join(folder, `${name}.mp4`),
        ),
      );
      return Number(stdout.trim());
    }),
  );
}

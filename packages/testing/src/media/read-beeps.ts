import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const SAMPLE_RATE = 48_000;
const run = promisify(execFile);

export interface ReadBeepsOptions {
  readonly ffmpeg: string;
  readonly input: string;
  /** Which audio stream, 0 for the first. */
  readonly stream?: number;
  readonly inputOptions?: readonly string[];
}

/**
 * Decodes one audio stream on its own timestamps (silence where there are none, from 0 on) and finds where each beep begins.
 *
 * @returns Seconds from timestamp 0, ascending, and the end of the decoded sound.
 */
export async function readBeeps(options: ReadBeepsOptions): Promise<{ onsets: number[]; endSeconds: number }> {
  const { stdout } = await run(
    options.ffmpeg,
    ['-v', 'error', '-nostdin', '-copyts', ...(options.inputOptions ?? []), '-i', options.input]
      .concat([
        '-map',
        `0:a:${options.stream ?? 0}`,
        '-af',
        `aresample=${SAMPLE_RATE}:async=1:min_hard_comp=0.01:first_pts=0`,
      ])
      .concat(['-ac', '1', '-f', 'f32le', 'pipe:1']),
    { encoding: 'buffer', maxBuffer: 1024 ** 3 },
  );
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
  return { onsets: findOnsets(samples), endSeconds: samples.length / SAMPLE_RATE };
}

/** A beep begins where the sound first passes a quarter of the loudest after 200 ms of quiet. */
function findOnsets(samples: Float32Array): number[] {
  let loudest = 0;
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
  const threshold = Math.max(loudest / 4, 0.005);
  const onsets: number[] = [];
  let lastLoud = -Infinity;
  samples.forEach((sample, index) => {
    if (Math.abs(sample) < threshold) return;
    if (index - lastLoud > SAMPLE_RATE * 0.2) onsets.push(index / SAMPLE_RATE);
    lastLoud = index;
  });
  return onsets;
}

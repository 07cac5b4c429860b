import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beepGraph, patternGraph } from '@transcode/testing/media';
import { inject } from 'vitest';

const run = promisify(execFile);

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '25', '-pix_fmt', 'yuv420p'];

/** Makes a source with ffmpeg in the tests' folder. `inputs` are what stands before the encoders. */
export async function makeSource(
  inputs: readonly string[],
  { name = `${crypto.randomUUID()}.mp4`, encoders = [...X264, '-c:a', 'aac'] as readonly string[] } = {},
): Promise<string> {
  const { ffmpeg, folder } = inject('servers');
  const file = path.join(folder, name);
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...inputs, ...encoders, file]);
  return file;
}

/** The pattern with its burned-in numbers, and beeps. */
export function patternWithBeeps(seconds: number, { width = 320, height = 180 } = {}): string[] {
  const picture = patternGraph({ width, height, rate: '25', frames: Math.round(seconds * 25) });
  return lavfi(picture, beepGraph({ seconds, rate: 48_000, channels: 'stereo' }));
}

export function lavfi(...graphs: readonly string[]): string[] {
  return graphs.flatMap((graph) => ['-f', 'lavfi', '-i', graph]);
}

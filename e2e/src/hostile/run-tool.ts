import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Workbench } from './hostile-case.ts';

const run = promisify(execFile);

/** What ffmpeg makes of these arguments, as a file with this ending. */
export async function made(
  { ffmpeg, folder }: Pick<Workbench, 'ffmpeg' | 'folder'>,
  ending: string,
  argv: readonly string[],
): Promise<Buffer> {
  const file = path.join(folder, `${crypto.randomUUID()}.${ending}`);
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...argv, file], { cwd: folder });
  return readFile(file);
}

/** What Shaka Packager makes of the picture of a film. */
export async function packaged(
  { packager, folder }: Pick<Workbench, 'packager' | 'folder'>,
  film: Buffer,
  ending: string,
  options: readonly string[],
): Promise<Buffer> {
  const input = path.join(folder, `${crypto.randomUUID()}.source`);
  const output = path.join(folder, `${crypto.randomUUID()}.${ending}`);
  await writeFile(input, film);
  const to = ending === 'ts' ? 'segment_template' : 'output';
  const [one, all] =
    ending === 'ts' ? [output.replace('.ts', '-1.ts'), output.replace('.ts', '-$Number$.ts')] : [output, output];
  await run(packager, [`in=${input},stream=video,${to}=${all}`, '--quiet', ...options]);
  return readFile(one);
}

/** Inputs and encoders of a picture that is cheap to make and to decode. */
export function picture({ size = '160x90', frames = 25, more = '' } = {}): string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25${more}`, '-frames:v', String(frames)];
}

export const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-pix_fmt', 'yuv420p'];
export const SOUND = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000'];

export async function plainVideo(bench: Pick<Workbench, 'ffmpeg' | 'folder'>): Promise<Buffer> {
  return made(bench, 'mp4', [...SOUND, ...picture(), '-map', '1:v', '-map', '0:a', ...X264, '-c:a', 'aac']);
}

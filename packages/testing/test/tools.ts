import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { findTools } from '@transcode/servers';

const run = promisify(execFile);

export const { ffmpeg, ffprobe } = await findTools({
  root: path.resolve(import.meta.dirname, '../../..'),
  env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
});

/** Runs ffmpeg with inputs of its own into a file. */
export async function make(file: string, argv: readonly string[]): Promise<string> {
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...argv, file]);
  return file;
}

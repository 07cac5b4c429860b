import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Recipe, Step } from './recipe.ts';

const run = promisify(execFile);

/** A small source is made in a second or two; an encoder that hangs is no fault of the product's. */
const MAKING_MS = 120_000;

/** Makes the source in a folder of its own and answers its path. */
export async function makeSource(ffmpeg: string, { steps, file }: Recipe, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const step of steps) await take(step, { ffmpeg, folder });
  return path.join(folder, file);
}

async function take(step: Step, { ffmpeg, folder }: { ffmpeg: string; folder: string }): Promise<void> {
  const at = (name: string): string => path.join(folder, name);
  if ('ffmpeg' in step) {
    await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...step.ffmpeg], { cwd: folder, timeout: MAKING_MS });
    return;
  }
  if ('write' in step) return writeFile(at(step.write), step.text);
  if ('join' in step) {
    return writeFile(at(step.into), Buffer.concat(await Promise.all(step.join.map((name) => readFile(at(name))))));
  }
  const bytes = await readFile(at(step.of));
  const share = Math.round(step.first * 100);
  return writeFile(at(step.into), bytes.subarray(0, Math.floor((bytes.length * share) / 100)));
}

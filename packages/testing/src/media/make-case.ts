import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CorpusCase } from './corpus-case.ts';

const run = promisify(execFile);

/** Makes the source of a case in `folder` and returns its path. */
export async function makeCase(ffmpeg: string, corpusCase: CorpusCase, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const target = path.join(folder, corpusCase.file);
  const between = path.join(folder, `${corpusCase.name.replaceAll(/[^\w-]/g, '-')}.step`);
  for (const step of corpusCase.steps) {
    const argv = step.map((word) => word.replace('{}', target).replaceAll('{0}', between));
    await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...argv]);
  }
  if (corpusCase.edit !== undefined) await writeFile(target, corpusCase.edit(await readFile(target)));
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(between)}.`));
  await Promise.all(left.map((name) => rm(path.join(folder, name))));
  return target;
}

import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from './file-errors.ts';

/** Removes the files of a folder that nobody has written to since; says how many. They may go under our hands. */
export async function tidyFolder(folder: string, before: Date): Promise<number> {
  let removed = 0;
  for (const name of await missingIs([], () => readdir(folder))) {
    const path = join(folder, name);
    const written = await missingIs(undefined, () => stat(path));
    if (written === undefined || written.mtime >= before) continue;
    await missingIs(undefined, () => unlink(path));
    removed += 1;
  }
  return removed;
}

async function missingIs<T>(nothing: T, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return nothing;
    throw error;
  }
}

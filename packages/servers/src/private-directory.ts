import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isErrnoException } from './errno.ts';

/** Makes a folder and whatever is missing above it, each 0700 whatever the umask is. What exists keeps its mode. */
export async function privateDirectory(path: string): Promise<string> {
  const absolute = resolve(path);
  if (await isDirectory(absolute)) return absolute;
  await privateDirectory(dirname(absolute));
  try {
    await mkdir(absolute, { mode: 0o700 });
    await chmod(absolute, 0o700);
  } catch (error) {
    // Someone else made it between our look and our attempt.
    if (!(isErrnoException(error) && error.code === 'EEXIST' && (await isDirectory(absolute)))) throw error;
  }
  return absolute;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isErrnoException(error) && error.code === 'ENOENT') return false;
    throw error;
  }
}

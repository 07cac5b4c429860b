import { chmod, rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that its owner alone may read, whole or not at all, whatever the umask is. */
export async function writePrivate(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await writeFile(draft, content, { mode: 0o600, flush: true });
    await chmod(draft, 0o600);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

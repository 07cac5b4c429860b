import { readdir, readlink } from 'node:fs/promises';

/** The processes that work in this folder or below it, as the kernel tells. */
export async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const folders = await Promise.all(pids.map(folderOf));
  return pids.filter((_, position) => `${folders[position]}/`.startsWith(`${folder}/`));
}

/** Empty of one that has ended, or is not ours to look at. */
async function folderOf(pid: number): Promise<string> {
  return readlink(`/proc/${pid}/cwd`).catch(() => '');
}

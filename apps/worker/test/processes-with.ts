import { readdir, readFile } from 'node:fs/promises';

/** Ids of the processes whose command line has this in it. */
export async function processesWith(marker: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.allSettled(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  return pids
    .filter((_, index) => {
      const line = lines[index];
      return line?.status === 'fulfilled' && line.value.replaceAll('\0', ' ').includes(marker);
    })
    .map(Number);
}

import { readdir, readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers/promises';

const LOOK_MS = 250;

/**
 * What a command of the front door had most of the machine's memory while something was done, in MiB: Node alone, without the programs
 * that it starts. It is found by its words and its data folder.
 */
export async function peakMemory<T>(
  { command, data }: { command: string; data: string },
  work: () => Promise<T>,
): Promise<{ result: T; peakMiB: number }> {
  const over = new AbortController();
  let peakMiB = 0;
  const watching = (async () => {
    for await (const _ of setInterval(LOOK_MS, undefined, { signal: over.signal }))
      for (const pid of await commandsOf(command, data)) peakMiB = Math.max(peakMiB, await peakOf(pid));
  })().catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  try {
    return { result: await work(), peakMiB: Math.round(peakMiB) };
  } finally {
    over.abort();
    await watching;
  }
}

/** The most that a process had since it began. */
export async function peakOf(pid: number): Promise<number> {
  // It may have ended meanwhile.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

async function commandsOf(command: string, data: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words.some((word) => word.endsWith('/main.ts')) && words.includes(command) && words.includes(data))
      found.push(Number(name));
  }
  return found;
}

import { readFile } from 'node:fs/promises';
import { collectedMemory as memoryOf, waitFor, type Memory } from '@transcode/testing';

/** What a process of ours holds when its garbage is gone. `log` is where it writes what it says; its inspector tells its address there. */
export async function collectedMemory({ pid, log }: { pid: number; log: string }): Promise<Memory> {
  process.kill(pid, 'SIGUSR1');
  const listening = /Debugger listening on (ws:\S+)/;
  return memoryOf(await waitFor(async () => listening.exec(await readFile(log, 'utf8'))?.[1]));
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { waitFor } from '@transcode/testing';
import * as z from 'zod';

export interface Memory {
  /** What is still held after all garbage is gone, in MiB. */
  readonly heap: number;
  /** What the process has of the machine's memory then, in MiB. */
  readonly resident: number;
}

const MIB = 1024 ** 2;
const Usage = z.object({
  result: z.object({
    result: z.object({ value: z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() }) }),
  }),
});

/**
 * Has a Node process of ours collect its garbage and asks it what is left: without, a heap says more of when it was last collected
 * than of what is held. `log` is where the process writes what it says; its inspector tells its address there.
 */
export async function collectedMemory({ pid, log }: { pid: number; log: string }): Promise<Memory> {
  process.kill(pid, 'SIGUSR1');
  const address = await waitFor(async () => /Debugger listening on (ws:\S+)/.exec(await readFile(log, 'utf8'))?.[1]);
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const ask = async (id: number, method: string, params: object = {}): Promise<unknown> => {
    const answered = new Promise<unknown>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number };
        if (answer.id === id) resolve(answer);
      });
    });
    socket.send(JSON.stringify({ id, method, params }));
    return answered;
  };
  await ask(1, 'HeapProfiler.collectGarbage');
  await ask(2, 'HeapProfiler.collectGarbage');
  const answer = await ask(3, 'Runtime.evaluate', { expression: 'process.memoryUsage()', returnByValue: true });
  socket.close();
  const { heapUsed, external, rss } = Usage.parse(answer).result.result.value;
  return { heap: (heapUsed + external) / MIB, resident: rss / MIB };
}

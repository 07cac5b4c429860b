import { once } from 'node:events';

export interface Memory {
  /** What is still held after all garbage is gone, in MiB. */
  readonly heap: number;
  /** What the process has of the machine's memory then, in MiB. */
  readonly resident: number;
}

const MIB = 1024 ** 2;
interface Usage {
  readonly result: { readonly result: { readonly value: NodeJS.MemoryUsage } };
}

/**
 * Has a Node process collect its garbage, by its inspector (`ws://…`), and asks it what is left: without, a heap says more of when it
 * was last collected than of what is held.
 */
export async function collectedMemory(inspector: string): Promise<Memory> {
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  const ask = async <T>(id: number, method: string, params: object = {}): Promise<T> => {
    const answered = new Promise<T>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as T & { id?: number };
        if (answer.id === id) resolve(answer);
      });
    });
    socket.send(JSON.stringify({ id, method, params }));
    return answered;
  };
  await ask(1, 'HeapProfiler.collectGarbage');
  await ask(2, 'HeapProfiler.collectGarbage');
  const answer = await ask<Usage>(3, 'Runtime.evaluate', { expression: 'process.memoryUsage()', returnByValue: true });
  socket.close();
  const { heapUsed, external, rss } = answer.result.result.value;
  return { heap: (heapUsed + external) / MIB, resident: rss / MIB };
}

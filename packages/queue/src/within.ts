import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the work ended in time. What it does afterwards is its own affair, but a failure of it is not lost: it rejects. */
export async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([work.then(() => true), elapsed(ms, timer.signal)]);
  } finally {
    timer.abort();
  }
}

async function elapsed(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Aborted: the race is over already.
  }
  return false;
}

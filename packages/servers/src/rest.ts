import { setTimeout as sleep } from 'node:timers/promises';

/** Rests for so many milliseconds, or until somebody wants to end: then it says so. */
export async function rest(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted;
}

import { setTimeout as pause } from 'node:timers/promises';

/** Waits for so long, or until the signal if that comes first. */
export async function pauseUntil(signal: AbortSignal, milliseconds: number): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

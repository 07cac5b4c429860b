import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is something to see, and gives it. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { seconds = 120, lookMs = 500 } = {},
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(lookMs);
  }
}

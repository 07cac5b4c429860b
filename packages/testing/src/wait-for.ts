import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 30_000;
const INTERVAL_MS = 25;

export interface Patience {
  readonly timeout?: number;
  readonly interval?: number;
  /** What happened meanwhile, for whoever finds that it took too long. */
  readonly story?: () => Promise<string>;
}

/**
 * Polls until the condition yields something other than false, null or undefined, and returns that. A condition that throws is
 * tried again; when time is up its last error is the cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeout = TIMEOUT_MS, interval = INTERVAL_MS, story }: Patience = {},
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + timeout;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (isSomething(value)) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= deadline) {
      const why = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(
        `The condition was not met within ${timeout} ms${why}${story === undefined ? '' : `\n${await story()}`}`,
        { cause },
      );
    }
    await sleep(interval);
  }
}

function isSomething<T>(value: T): value is Exclude<T, false | null | undefined> {
  return value !== false && value !== null && value !== undefined;
}

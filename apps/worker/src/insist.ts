import { isDatabaseUnavailable } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';
import { pauseUntil } from './pause-until.ts';

const AGAIN_MS = 500;

interface Insistence {
  readonly until: AbortSignal;
  /** For no longer than this; without end where absent. */
  readonly mostMs?: number;
  readonly log: Logger;
}

/** Does something in the database; while that is away, again and again until the signal. What was worked for is not thrown away for it. */
export async function insist<T>(action: () => Promise<T>, { until, mostMs = Infinity, log }: Insistence): Promise<T> {
  const deadline = performance.now() + mostMs;
  for (;;) {
    const isLast = until.aborted || performance.now() >= deadline;
    try {
      return await action();
    } catch (error) {
      if (isLast || !isDatabaseUnavailable(error)) throw error;
      log.warn({ err: error }, 'The database does not answer: trying again');
      // Where nobody waits any more, the last try follows at once.
      await pauseUntil(until, AGAIN_MS);
    }
  }
}

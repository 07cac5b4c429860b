import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseUnavailable } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';

const AGAIN_MS = 500;

/** Does something in the database; while that is away, again and again until the signal. What was worked for is not thrown away for it. */
export async function insist<T>(
  action: () => Promise<T>,
  { until, log }: { until: AbortSignal; log: Logger },
): Promise<T> {
  for (;;) {
    const isLast = until.aborted;
    try {
      return await action();
    } catch (error) {
      if (isLast || !isDatabaseUnavailable(error)) throw error;
      log.warn({ err: error }, 'The database does not answer: trying again');
      // Rejects only because time is up, and then comes the last try.
      await pause(AGAIN_MS, undefined, { signal: until }).catch(() => undefined);
    }
  }
}

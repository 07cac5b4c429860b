import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@transcode/telemetry';

const LONGEST_MS = 2_000;

/** Ends a part of a stopping worker. What fails or takes too long, because what it stands on is away, ends with the process. */
export async function endPart(name: string, ending: () => Promise<unknown>, log: Logger): Promise<void> {
  const elapsed = new AbortController();
  const late = pause(LONGEST_MS, 'late', { signal: elapsed.signal }).catch(() => 'ended');
  const ended = ending().then(
    () => 'ended',
    (error: unknown) => {
      log.warn({ err: error, about: name }, 'A part of the worker did not end in order');
      return 'ended';
    },
  );
  if ((await Promise.race([ended, late])) === 'late')
    log.warn({ about: name }, 'A part of the worker did not end in time');
  elapsed.abort();
}

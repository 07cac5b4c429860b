import { LEASE_MS, LEASE_RENEW_MS, TranscodeError, type Progress } from '@transcode/contracts';
import { renewLease, type ClaimedTask, type Database } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';

export interface HeldLease {
  /** Aborted with `lease_lost` when another may have the task. */
  readonly signal: AbortSignal;
  /** Renews it at once: there is reason to think that it is lost. */
  check(): void;
  release(): void;
}

/**
 * Renews a claim until released, with the latest progress. Lost is a claim that the database says is lost, and one that could not be
 * renewed for as long as a lease holds: then another worker may already be at it.
 */
export function holdLease(
  db: Database,
  claim: ClaimedTask,
  { log, latest }: { log: Logger; latest: () => Progress | undefined },
): HeldLease {
  const lost = new AbortController();
  let renewedAt = performance.now();
  let renewing = false;
  let again = false;
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    try {
      const held = await renewLease(db, claim, { leaseMs: LEASE_MS, progress: latest() });
      if (held) renewedAt = asked;
      else lost.abort(new TranscodeError('lease_lost'));
    } catch (error) {
      log.warn({ err: error }, 'The lease could not be renewed');
    }
  };
  const beat = (): void => {
    if (performance.now() - renewedAt >= LEASE_MS) lost.abort(new TranscodeError('lease_lost'));
    if (renewing || lost.signal.aborted) return;
    renewing = true;
    void renew().finally(() => {
      renewing = false;
      if (again) check();
    });
  };
  const check = (): void => {
    // One that is under way may have been asked too early.
    again = renewing;
    beat();
  };
  const timer = setInterval(beat, LEASE_RENEW_MS);
  return { signal: lost.signal, check, release: () => clearInterval(timer) };
}

import { LEASE_MS, LEASE_RENEW_MS } from '@transcode/contracts';
import { renewCopyClaim, type CopyClaim, type Database } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';

/** Renews a claim until released; the signal is aborted when another may have it. */
export function holdCopyClaim(
  db: Database,
  { key, token }: CopyClaim,
  log: Pick<Logger, 'warn'>,
): { readonly signal: AbortSignal; release(): void } {
  const lost = new AbortController();
  let renewedAt = performance.now();
  let renewing = false;
  const renew = async (): Promise<void> => {
    const asked = performance.now();
    try {
      if (await renewCopyClaim(db, { key, token, leaseMs: LEASE_MS })) renewedAt = asked;
      else lost.abort();
    } catch (error) {
      log.warn({ err: error }, 'The claim of a copy could not be renewed');
    }
  };
  const timer = setInterval(() => {
    if (performance.now() - renewedAt >= LEASE_MS) lost.abort();
    if (renewing || lost.signal.aborted) return;
    renewing = true;
    void renew().finally(() => {
      renewing = false;
    });
  }, LEASE_RENEW_MS);
  return { signal: lost.signal, release: () => clearInterval(timer) };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TranscodeError, UPLOAD_LEASE_MS, UPLOAD_LEASE_RENEW_MS, UPLOAD_STALL_MS } from '@transcode/contracts';
import type { UploadDeps } from './deps.ts';
import { dropLease, renewLease, takeLease, unwantLease, wantLease, type Wanted } from './lease.ts';

const POLL_MS = 100;

/** The right to write to one upload, over all replicas. */
export interface Lease {
  /** Aborted when the right is lost: nothing more may be written. */
  readonly signal: AbortSignal;
  /** Aborted when the holder has to come to an end: what it has received already may be written, and then it releases. */
  readonly makeWay: AbortSignal;
  release(): Promise<void>;
}

/** What the holder tells of its work. */
export interface Activity {
  /** How long nothing may come. */
  readonly mostIdleMs: number;
  /** How long nothing has come. */
  idleMs(): number;
  /** Whether it can stop in the middle. */
  mayStop(): boolean;
  /** Called with each renewal. */
  onRenewed?(): Promise<void>;
}

/** Short work: whoever wants the lease waits for its end. */
const BUSY: Activity = { mostIdleMs: Infinity, idleMs: () => 0, mayStop: () => false };

interface Wish {
  /** How long to wait for the holder before. */
  waitMs: number;
  /** What the holder is asked; nothing: it is left alone. */
  want?: Wanted;
}

/**
 * Waits for the lease; undefined if the holder is at work and keeps it. A holder that was asked `idle` is at work as soon
 * as it has received a byte after the question.
 */
export async function holdLease(
  deps: Pick<UploadDeps, 'db' | 'log'>,
  uploadId: string,
  { waitMs, want }: Wish,
  activity: Activity = BUSY,
): Promise<Lease | undefined> {
  const token = randomUUID();
  const begun = performance.now();
  for (;;) {
    const before = performance.now();
    if (await takeLease(deps.db, uploadId, token)) return keepLease(deps, uploadId, token, before, activity);
    const idleMs = want === undefined ? undefined : await wantLease(deps.db, uploadId, want);
    const waited = performance.now() - begun;
    // When the last byte came is known to a renewal: one that seems to have come just after the question may have come before.
    const atWork = want === 'idle' && idleMs !== undefined && idleMs + UPLOAD_LEASE_RENEW_MS < waited;
    if (atWork || waited > waitMs) {
      if (want === 'idle') await unwantLease(deps.db, uploadId);
      return undefined;
    }
    await delay(POLL_MS);
  }
}

/** Like `holdLease`, for work that cannot do without. */
export async function demandLease(
  deps: Pick<UploadDeps, 'db' | 'log'>,
  uploadId: string,
  wish: Wish,
  activity: Activity = BUSY,
): Promise<Lease> {
  const lease = await holdLease(deps, uploadId, wish, activity);
  if (lease === undefined) throw new TranscodeError('upload_locked');
  return lease;
}

function keepLease(
  { db, log }: Pick<UploadDeps, 'db' | 'log'>,
  uploadId: string,
  token: string,
  takenAt: number,
  activity: Activity,
): Lease {
  const lost = new AbortController();
  const lose = (reason: string): void =>
    lost.abort(new TranscodeError('upload_locked', {}, { cause: new Error(reason) }));
  const way = new AbortController();
  const makeWay = (reason: string): void => way.abort(new Error(reason));
  let sureUntil = takenAt + UPLOAD_LEASE_MS;
  let renewing: Promise<void> | undefined;

  const renew = async (): Promise<void> => {
    const before = performance.now();
    const renewed = await renewLease(db, uploadId, token, activity.idleMs());
    if (renewed === undefined) return lose('another request has taken the lease');
    sureUntil = before + UPLOAD_LEASE_MS;
    if (activity.mayStop()) {
      if (renewed.wanted === 'now') return makeWay('another request needs the upload at once');
      if (renewed.wanted === 'idle' && activity.idleMs() >= UPLOAD_STALL_MS) return makeWay('the client came back');
      if (activity.idleMs() >= activity.mostIdleMs) return makeWay('nothing came for too long');
    }
    return activity.onRenewed?.();
  };
  const beat = (): void => {
    // Before the lease could be another's, whatever the database says or does not say.
    if (performance.now() > sureUntil - UPLOAD_LEASE_RENEW_MS) lose('the lease could not be renewed in time');
    // What was received is written within the lease that there is: whoever waits does not wait longer.
    if (way.signal.aborted) return;
    renewing ??= renew()
      .catch((error: unknown) => log.error({ err: error, upload_id: uploadId }, 'An upload lease could not be renewed'))
      .finally(() => {
        renewing = undefined;
      });
  };
  const timer = setInterval(beat, UPLOAD_LEASE_RENEW_MS);
  lost.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return {
    signal: lost.signal,
    makeWay: way.signal,
    async release() {
      clearInterval(timer);
      await renewing;
      try {
        await dropLease(db, uploadId, token);
      } catch (error) {
        // It ends by itself soon.
        log.error({ err: error, upload_id: uploadId }, 'An upload lease could not be given back');
      }
    },
  };
}

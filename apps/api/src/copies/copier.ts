import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_MS, TranscodeError } from '@transcode/contracts';
import {
  claimSourceCopy,
  completeCopy,
  endCopyClaim,
  isCopyForgotten,
  planCopies,
  type CopyClaim,
  type Database,
} from '@transcode/db';
import { copyObject, type Storage } from '@transcode/storage';
import { measure, type Logger } from '@transcode/telemetry';
import { holdCopyClaim } from './hold-copy-claim.ts';

export type CopyMode = 'asynchronous' | 'synchronous';

interface CopierOptions {
  readonly db: Database;
  readonly storage: Storage;
  /** The second store. */
  readonly store: Storage;
  readonly url: string;
  readonly mode: CopyMode;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly stopping: AbortSignal;
}

interface WholeSource {
  readonly key: string;
  readonly videoId: string;
  readonly bytes: bigint;
}

/** `away`: one of the stores, or the database, does not work for any object just now. `lost`: the claim is not ours any more. */
export type CopyOutcome = 'copied' | 'failed' | 'away' | 'lost';

/** How long an upload's last request waits for the copy of its file: what stands between may end it after a minute. */
const FINISH_WAIT_MS = 20_000;
const LOOK_MS = 250;
/** Sources of uploads that wait, in one process at once: each takes some 24 MiB of memory at most. */
const SOURCES_AT_ONCE = 4;

/** Copies objects from the storage to the second store, each under a claim of its row, so that no two copy the same at once. */
export class Copier {
  readonly store: Storage;
  readonly url: string;
  readonly mode: CopyMode;
  readonly #options: CopierOptions;
  readonly #running = new Set<Promise<CopyOutcome>>();
  /** Those that uploads wait for. */
  #sources = 0;
  /** Why the last copy was given up with `away`. */
  #trouble: string | undefined;

  constructor(options: CopierOptions) {
    this.#options = options;
    this.store = options.store;
    this.url = options.url;
    this.mode = options.mode;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Copies one that is claimed, and writes down what became of it. Never rejects. */
  copy(claim: CopyClaim): Promise<CopyOutcome> {
    const running = this.#copy(claim).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /**
   * Returns once a source that has come whole is in the second store. Throws `upload_copy_pending` where that takes longer, or cannot be
   * just now; the copy goes on meanwhile.
   */
  async untilCopied(source: WholeSource): Promise<void> {
    const { db, stopping } = this.#options;
    const deadline = performance.now() + FINISH_WAIT_MS;
    for (;;) {
      const copying = this.#sources < SOURCES_AT_ONCE ? this.#copySource(source) : sleep(LOOK_MS);
      const left = Math.max(0, deadline - performance.now());
      const outcome = await Promise.race([copying, sleep(left, undefined, { ref: false })]);
      const row = await db.objectCopy.findUnique({ where: { key: source.key } });
      if (row?.state === 'copied') return;
      const isVain = outcome === 'away' || outcome === 'failed' || stopping.aborted;
      if (isVain || performance.now() >= deadline)
        throw new TranscodeError('upload_copy_pending', {
          reason: reasonOf(outcome === 'away' ? this.#trouble : row?.failure),
        });
    }
  }

  /** Undefined: somebody else is at it, or was; it is worth another look. */
  async #copySource(source: WholeSource): Promise<CopyOutcome | undefined> {
    this.#sources += 1;
    try {
      const claim = await claimSourceCopy(this.#options.db, { ...source, leaseMs: LEASE_MS });
      if (claim !== undefined) return await this.copy(claim);
      await sleep(LOOK_MS);
      return undefined;
    } finally {
      this.#sources -= 1;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#running);
    await this.store.close();
  }

  async #copy(claim: CopyClaim): Promise<CopyOutcome> {
    const { db, storage, stopping, log } = this.#options;
    const lease = holdCopyClaim(db, claim, log);
    const signal = AbortSignal.any([lease.signal, stopping]);
    const expected = {
      ...(claim.bytes !== null && { bytes: Number(claim.bytes) }),
      ...(claim.sha256 !== null && { sha256: claim.sha256 }),
    };
    try {
      const stores = { from: storage.until(signal), to: this.store.until(signal) };
      const copied = await copyObject(claim.key, { ...stores, expected });
      if (!(await completeCopy(db, claim, copied))) return await this.#giveUp(claim);
      measure.count('copyObjectsTotal', { result: 'copied' });
      measure.count('copyBytesTotal', {}, copied.bytes);
      this.#trouble = undefined;
      return 'copied';
    } catch (error) {
      return await this.#settle(claim, error, signal).catch((reason: unknown) => {
        // Its lease ends by itself.
        log.warn({ err: reason }, 'What became of a copy could not be written down');
        return 'away' as const;
      });
    } finally {
      lease.release();
    }
  }

  async #settle(claim: CopyClaim, error: unknown, signal: AbortSignal): Promise<CopyOutcome> {
    const { db, log } = this.#options;
    if (signal.aborted) return this.#giveUp(claim);
    if (error instanceof TranscodeError && error.blame === 'outage') {
      this.#trouble = await this.#whoIsAway(error);
      await endCopyClaim(db, claim);
      return 'away';
    }
    // What is not there may not be needed any more.
    const isGone = error instanceof TranscodeError && error.code === 'not_found';
    if (isGone) await planCopies(db, claim.videoId);
    const failure = isGone ? 'It is not in the storage.' : error instanceof Error ? error.message : String(error);
    await endCopyClaim(db, claim, failure);
    measure.count('copyObjectsTotal', { result: 'failed' });
    log.error(
      { err: error, video_id: claim.videoId },
      `An object could not be copied and is tried again: ${claim.key}`,
    );
    return 'failed';
  }

  /** Somebody else has it, or it is not wanted any more: then nobody may find what was put there. */
  async #giveUp(claim: CopyClaim): Promise<CopyOutcome> {
    const { db } = this.#options;
    if (await isCopyForgotten(db, claim.key)) await this.store.delete([claim.key]);
    else await endCopyClaim(db, claim);
    return 'lost';
  }

  /** The storage and the second store tell of their troubles in the same words. */
  async #whoIsAway(error: TranscodeError): Promise<string> {
    try {
      await this.#options.storage.health();
    } catch {
      return `Nothing can be read for it. ${error.message}`;
    }
    return `The second store takes nothing. ${error.message}`;
  }
}

/** Within a sentence. */
function reasonOf(sentence: string | null | undefined): string {
  if (sentence === undefined || sentence === null) return 'it is still being made';
  return sentence.replace(/\.$/, '');
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  archiveStatus,
  readBackups,
  readBases,
  readDrills,
  readFailures,
  type ArchiveStatus,
  type Backup,
  type Base,
  type Drill,
  type Failure,
} from '@transcode/backup/read';
import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { unchanging } from './unchanging.ts';

/** What is told may be so old. */
const FRESH_MS = 30_000;
/** A store that does not answer within this is away. */
const PATIENCE_MS = 20_000;

/** What lies in the store, the oldest first. */
export interface BackupContents {
  readonly backups: readonly Backup[];
  /** Copies of the whole Postgres, from which any moment is restored. */
  readonly bases: readonly Base[];
  /** Their manifest cannot be read. */
  readonly damaged: readonly string[];
  readonly failures: readonly Failure[];
  readonly drills: readonly Drill[];
  /** Which moments WAL leads to. */
  readonly archive: ArchiveStatus;
}

/** What is known of the store: what it had when it could be read last, and why it cannot be just now. */
export interface BackupReading {
  readonly contents: BackupContents | undefined;
  /** A sentence; undefined where it could be read. */
  readonly trouble: string | undefined;
}

/** The one in this process that looks into the store of backups: a list each half minute, and each file once, as none ever changes. */
export class BackupReader {
  readonly #store: Storage;
  readonly #remembered = unchanging();
  readonly #tell: (error: unknown) => void;
  #reading: BackupReading = { contents: undefined, trouble: undefined };
  #readAt = -Infinity;
  #running: Promise<void> | undefined;

  constructor(store: Storage, tell: (error: unknown) => void) {
    this.#store = store;
    this.#tell = tell;
  }

  /** What there is, at most half a minute old, or read since that moment by `performance.now()`. */
  async read(since = -Infinity): Promise<BackupReading> {
    // What was begun before may have missed it.
    if (this.#running !== undefined) await this.#running;
    if (this.#readAt < Math.max(since, performance.now() - FRESH_MS)) await (this.#running ??= this.#look());
    return this.#reading;
  }

  /** The same, but what was known before where it takes longer than that. */
  async readWithin(ms: number): Promise<BackupReading> {
    await Promise.race([this.read(), sleep(ms, undefined, { ref: false })]);
    return this.#reading;
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    try {
      const late = AbortSignal.timeout(PATIENCE_MS);
      const contents = await this.#remembered(this.#store.until(late), contentsOf);
      // A disk that is not mounted looks like an empty folder.
      if (contents.backups.length === 0 && (this.#reading.contents?.backups.length ?? 0) > 0) throw new Vanished();
      this.#reading = { contents, trouble: undefined };
    } catch (error) {
      if (this.#reading.trouble === undefined) this.#tell(error);
      this.#reading = { ...this.#reading, trouble: sentenceFor(error) };
    } finally {
      this.#readAt = begun;
      this.#running = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#store.close();
  }
}

async function contentsOf(store: Pick<Storage, 'list' | 'read'>): Promise<BackupContents> {
  const { backups, damaged } = await readBackups(store);
  const { backups: bases } = await readBases(store);
  const [failures, drills] = [await readFailures(store), await readDrills(store)];
  return { backups, bases, damaged, failures, drills, archive: await archiveStatus(store) };
}

class Vanished extends Error {}

function sentenceFor(error: unknown): string {
  if (error instanceof Vanished) return 'All that was in it is gone.';
  return error instanceof TranscodeError ? error.message : 'What lies there cannot be read.';
}

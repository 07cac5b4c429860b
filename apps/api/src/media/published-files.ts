import { PublishedFolder, publishedKey, SESSION_RECHECK_MS, TranscodeError, type JobNames } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import { RecheckedCache } from '../identity/rechecked-cache.ts';
import { isShared } from '../services/shares/is-shared.ts';
import type { Grant } from './grants.ts';

/** Objects are written once, so a size once seen stays true; bounded for memory's sake. */
const SIZES_HOLD_MS = 3_600_000;

/** How long a folder that lacks a file is believed to lack it. */
const NEW_FILES_AFTER_MS = 250;

interface Folder {
  readonly job: JobNames;
  readonly files: ReadonlyMap<string, { key: string; bytes: number }>;
}

export interface PublishedObject {
  readonly key: string;
  readonly bytes: number;
  readonly isSegment: boolean;
}

/** Finds the object behind a name of a published folder, as long as its video may still be seen. */
export class PublishedFiles {
  readonly #db: Database;
  readonly #storage: Storage;
  readonly #folders = new RecheckedCache<Folder>('grants', SESSION_RECHECK_MS, 1_000);
  readonly #sizes = new RecheckedCache<number>('objects', SIZES_HOLD_MS, 50_000);

  constructor(db: Database, storage: Storage) {
    this.#db = db;
    this.#storage = storage;
  }

  async find(grant: Grant, name: string): Promise<PublishedObject> {
    const of = `${grant.videoId}/${grant.jobId}/${grant.shareId ?? ''}`;
    const folder = await this.#folders.get(of, () => this.#readFolder(grant));
    if (folder === undefined) throw new TranscodeError('not_found', { what: 'file' });
    const file = folder.files.get(name);
    if (file !== undefined) return { ...file, isSegment: false };
    const key = publishedKey(folder.job, name);
    if (key === undefined) return this.#findNew(grant, of, name);
    const bytes = await this.#sizes.get(key, () => this.#sizeOf(key));
    if (bytes === undefined) throw new TranscodeError('not_found', { what: 'file' });
    return { key, bytes, isSegment: true };
  }

  /** A poster that was just chosen is in the folder, and not yet in what is known of it. */
  async #findNew(grant: Grant, of: string, name: string): Promise<PublishedObject> {
    const folder = await this.#folders.get(of, () => this.#readFolder(grant), NEW_FILES_AFTER_MS);
    const file = folder?.files.get(name);
    if (file === undefined) throw new TranscodeError('not_found', { what: 'file' });
    return { ...file, isSegment: false };
  }

  /** A segment that is not there is asked for again by the next. */
  async #sizeOf(key: string): Promise<number> {
    const stored = await this.#storage.head(key);
    if (stored === undefined) throw new TranscodeError('not_found', { what: 'file' });
    return stored.bytes;
  }

  async #readFolder({ videoId, jobId, shareId }: Grant): Promise<Folder | undefined> {
    if (shareId !== undefined && !(await isShared(this.#db, shareId))) return undefined;
    const job = await this.#db.job.findUnique({
      where: { id: jobId, videoId },
      select: { state: true, published: true, video: { select: { state: true, workspaceId: true } } },
    });
    if (job === null || job.published === null || job.video.state === 'deleted') return undefined;
    if (job.state === 'failed' || job.state === 'canceled') return undefined;
    const { files } = PublishedFolder.parse(job.published);
    return {
      job: { id: jobId, workspaceId: job.video.workspaceId, videoId },
      files: new Map(files.map((file) => [file.name, { key: file.key, bytes: file.bytes }])),
    };
  }
}

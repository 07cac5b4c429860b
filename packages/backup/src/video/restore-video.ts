import { counted, TranscodeError, type RestoreInput, type TableChange, type VideoThen } from '@transcode/contracts';
import {
  cancelJob,
  cancelOpenTasks,
  createDatabase,
  isDatabaseUnavailable,
  lockVideo,
  markForCopy,
  type Database,
  type Prisma,
} from '@transcode/db';
import type { Backup, Readable } from '../backup-store.ts';
import { withClient } from '../connection.ts';
import type { Engine } from '../engine.ts';
import { holdLease } from '../lease.ts';
import { loadBackup, reasonOf } from '../load.ts';
import { withScratchPostgres } from '../scratch.ts';
import { markClosure, referencesIn } from './closure.ts';
import { busy, demandNotErased, demandRestorable } from './restorable.ts';
import { findCalled, isId } from './find-called.ts';
import { asking, compareRows, readClosure, writeRows, type Ask, type TableRows } from './rows.ts';
import {
  fetchObjects,
  findVideoObjects,
  wantedOf,
  type Stores,
  type VideoObjects,
  type VideoRow,
} from './video-objects.ts';

export interface VideoEngine
  extends Pick<Engine, 'store' | 'identities' | 'bin' | 'scratch' | 'databaseUrl' | 'signal' | 'say'>, Stores {
  /** The store that was told what was erased, which no restore may bring back. `store` may be another, of this restore alone. */
  tombstones: Readable;
}

/** What a restore of one video would do. */
export interface VideoPlan {
  readonly id: string;
  readonly workspaceId: string;
  readonly title: string;
  /** By table, those that others refer to first. */
  readonly changes: readonly TableChange[];
  /** Work that was under way then: it comes back canceled. */
  readonly canceled: number;
  readonly objects: VideoObjects;
}

/** What the backup has of it. */
interface Found {
  readonly video: VideoRow & { readonly title: string };
  readonly openJobs: number;
  readonly rows: readonly TableRows[];
}

/** One video may have many rows, and a scratch instance has nothing warm. */
const SILENT_MS = 120_000;

/** `incomplete`: also where nobody has all that it is played from. */
export type Agree = (plan: VideoPlan) => Promise<{ go: boolean; incomplete: boolean }>;

interface Wanted {
  /** Its id, or some of what it was called then. */
  readonly video: string;
  /** Hears of several that were called so, at most `FOUND_CALLED` of them: then nothing is done. */
  readonly onSeveral: (videos: readonly VideoThen[]) => void;
  readonly agree: Agree;
  /** As whose deed it is written down; by default as that of somebody who has the machine. */
  readonly by?: RestoreInput['by'] | undefined;
}

/**
 * Brings one video back into a database that is in use: its rows as they were then, and from the second store what the storage lacks of its
 * objects. What it got since stays, and so does everything else. `agree` hears what would change and says whether that is to be done; it is
 * done only if it is still the same by then: objects first, then all rows in one transaction. Returns the keys that nobody has; undefined
 * where nothing was to be done.
 */
export async function restoreVideo(
  engine: VideoEngine,
  backup: Backup,
  wanted: Wanted,
): Promise<readonly string[] | undefined> {
  return withClient(engine.databaseUrl, (client) =>
    holdLease(client, 'restore', () =>
      withBackup(engine, backup, async ({ url, db }) => {
        engine.say?.('Comparing it with what is there …');
        const look = { url, db, living: asking(client), backup: backup.id };
        const id = await idOf(engine, look, wanted);
        return id === undefined ? undefined : restoreFrom(engine, { ...look, id }, wanted);
      }),
    ),
  );
}

/** Which one is meant: its id, or the only one that was called so. */
async function idOf(
  { tombstones }: VideoEngine,
  { db, living, backup }: Omit<Look, 'id'>,
  { video, onSeveral }: Wanted,
): Promise<string | undefined> {
  if (isId(video)) return video.toLowerCase();
  const [first, ...others] = await findCalled({ db, living, tombstones }, video);
  if (first === undefined)
    throw new TranscodeError('restore_video_missing', { video, backup, reason: 'none was called so then' });
  if (others.length === 0) return first.id;
  onSeveral([first, ...others]);
  return undefined;
}

/** Works with a backup in a Postgres of its own, of our schema. */
export async function withBackup<T>(
  engine: VideoEngine,
  { id, manifest }: Backup,
  work: (restored: { url: string; db: Database }) => Promise<T>,
): Promise<T> {
  const { bin, scratch, signal, say } = engine;
  return withScratchPostgres({ bin, folder: scratch, bytes: manifest.databaseBytes }, async (url) => {
    say?.(`Restoring ${id} into a scratch database …`);
    await loadBackup({ ...engine, manifest, url, signal, mayBeNewer: false });
    const db = createDatabase(url, { poolSize: 1, silentMs: SILENT_MS });
    try {
      return await work({ url, db });
    } finally {
      await db.$disconnect();
    }
  });
}

/** The same for one of several, once the backup is there to look into. */
export async function restoreFrom(
  engine: VideoEngine,
  look: Look,
  { agree, by }: Pick<Wanted, 'agree' | 'by'>,
): Promise<readonly string[] | undefined> {
  const { db, living, id } = look;
  const found = await findVideo(engine, look);
  const { video } = found;
  const wants = await wantedOf(db, video);
  const objects = await findVideoObjects(engine, video, wants);
  const changes = await compareRows(living, found.rows);
  const { workspaceId, title } = video;
  const { go, incomplete } = await agree({ id, workspaceId, title, changes, canceled: found.openJobs, objects });
  if (!go) return undefined;
  if (objects.copied.length > 0) engine.say?.(`Fetching ${counted(objects.copied.length, 'object')} …`);
  const lost = [...objects.lost, ...(await fetchObjects(engine, objects.copied, wants.wanted))];
  const played = lost.filter((key) => wants.played.has(key));
  if (played[0] !== undefined && !incomplete)
    throw new TranscodeError('restore_objects_missing', { video: id, objects: played.length, key: played[0] });
  engine.signal?.throwIfAborted();
  // From here on it is through in a moment, and nobody breaks it off.
  engine.say?.('Writing its rows …');
  await put(engine.databaseUrl, found, { agreed: changes, by });
  return lost;
}

interface Look {
  url: string;
  db: Database;
  living: Ask;
  id: string;
  backup: string;
}

async function findVideo({ tombstones }: VideoEngine, { url, db, living, id, backup }: Look): Promise<Found> {
  const video = await db.video.findUnique({ where: { id }, include: { upload: true } });
  const missing = (reason: string) => new TranscodeError('restore_video_missing', { video: id, backup, reason });
  if (video === null) {
    await demandNotErased(tombstones, { id });
    throw missing('it was not there then');
  }
  await demandNotErased(tombstones, video);
  await demandRestorable(living, video);
  if (video.state === 'deleted') throw missing('it had been deleted by then');
  if (video.state === 'uploading' || (video.upload?.state ?? 'complete') !== 'complete')
    throw missing('its upload had not come whole by then');
  const openJobs = await db.job.count({ where: { videoId: id, state: { in: ['queued', 'running'] } } });
  const rows = await withClient(url, async (client) => {
    const references = await referencesIn(client);
    const tables = await markClosure(client, references, { table: '"Video"', id });
    return readClosure(asking(client), living, { tables, references, backup });
  });
  return { video, openJobs, rows };
}

/** Writes all of it, or nothing. */
async function put(
  databaseUrl: string,
  { video, rows }: Found,
  { agreed, by }: { agreed: readonly TableChange[]; by: Wanted['by'] },
): Promise<void> {
  const { id, workspaceId, title } = video;
  const db = createDatabase(databaseUrl, { poolSize: 1, silentMs: SILENT_MS });
  try {
    await db.$transaction(async (tx) => {
      const living: Ask = (sql, values = []) => tx.$queryRawUnsafe(sql, ...values);
      // Jobs before their video, as it is done everywhere. Nobody closes the workspace, and nobody begins a job, from here on.
      await living('SELECT "id" FROM "Job" WHERE "videoId" = $1::uuid ORDER BY "id" FOR NO KEY UPDATE', [id]);
      await lockVideo(tx, id);
      await living('SELECT "id" FROM "Workspace" WHERE "id" = $1::uuid FOR SHARE', [workspaceId]);
      await demandRestorable(living, video);
      if (JSON.stringify(await compareRows(living, rows)) !== JSON.stringify(agreed))
        throw busy(id, 'its rows have changed meanwhile');
      await writeRows(living, rows);
      const jobs = await tx.job.findMany({ where: { videoId: id }, orderBy: { id: 'asc' }, select: { id: true } });
      for (const job of jobs) {
        // A completed job may still have been measured.
        if (!(await cancelJob(tx, job.id)).canceled) await cancelOpenTasks(tx, job.id);
      }
      await markForCopy(tx, id);
      await tx.audit.create({ data: { action: 'video.restore', target: id, workspaceId, ...byWhom(by, title) } });
    });
  } catch (error) {
    throw told(error);
  } finally {
    await db.$disconnect();
  }
}

function byWhom(by: Wanted['by'], name: string): Omit<Prisma.AuditCreateManyInput, 'action' | 'target'> {
  if (by === undefined) return { details: { name, local: true } };
  return { ...(by.kind === 'user' ? { actorUserId: by.id } : { actorKeyId: by.id }), details: { name } };
}

function told(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  if (isDatabaseUnavailable(error)) return new TranscodeError('database_unavailable', {}, { cause: error });
  return new TranscodeError('restore_failed', { reason: reasonOf(error) }, { cause: error });
}

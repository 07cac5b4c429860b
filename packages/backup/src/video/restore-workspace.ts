import { TranscodeError } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Backup } from '../backup-store.ts';
import { withClient } from '../connection.ts';
import { holdLease } from '../lease.ts';
import { restoreFrom, withBackup, type Agree, type VideoEngine } from './restore-video.ts';
import { asking } from './rows.ts';

/** What became of one of them. */
export interface VideoEnd {
  readonly id: string;
  readonly title: string;
  /** Keys that nobody has; undefined where nothing was to be done, or it was refused. */
  readonly lost?: readonly string[] | undefined;
  /** Why it stays as it is, in a sentence. */
  readonly refused?: string;
}

interface WorkspaceRestore {
  readonly id: string;
  readonly agree: Agree;
  readonly onEnd: (end: VideoEnd) => void;
  /** Whether what `agree` threw is for this video alone. */
  readonly isRefusal: (error: unknown) => boolean;
}

/** What is said of one video, and of no other. */
const OF_ONE = new Set([
  'restore_video_missing',
  'restore_video_erased',
  'restore_video_busy',
  'restore_objects_missing',
]);

/**
 * Brings back each video that a workspace had, as `restoreVideo` does one: the backup is restored once for all, and each of them is its own
 * transaction, so that a restore that is broken off has done the first of them whole, and begins with the next. The row of the workspace has
 * to be there. Says how many there were.
 */
export async function restoreWorkspace(
  engine: VideoEngine,
  backup: Backup,
  { id, agree, onEnd, isRefusal }: WorkspaceRestore,
): Promise<number> {
  return withClient(engine.databaseUrl, (client) =>
    holdLease(client, 'restore', () =>
      withBackup(engine, backup, async ({ url, db }) => {
        // Nobody has looked at these tables yet, and each video asks all of them.
        await withClient(url, (scratch) => scratch.query('ANALYZE'));
        const videos = await videosIn(db, id);
        if (videos.length === 0)
          throw new TranscodeError('backup_missing', { what: `video of the workspace ${id} in ${backup.id}` });
        for (const video of videos) {
          engine.signal?.throwIfAborted();
          try {
            const look = { url, db, living: asking(client), id: video.id, backup: backup.id };
            onEnd({ ...video, lost: await restoreFrom(engine, look, { agree }) });
          } catch (error) {
            const isOfOne = (error instanceof TranscodeError && OF_ONE.has(error.code)) || isRefusal(error);
            if (!isOfOne) throw error;
            onEnd({ ...video, refused: error instanceof Error ? error.message : String(error) });
          }
        }
        return videos.length;
      }),
    ),
  );
}

/** Those that had come by then and were not deleted, the oldest first. */
function videosIn(db: Database, workspaceId: string): Promise<{ id: string; title: string }[]> {
  return db.video.findMany({
    where: { workspaceId, state: { notIn: ['uploading', 'deleted'] } },
    orderBy: { id: 'asc' },
    select: { id: true, title: true },
  });
}

import { createDatabase } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import type { Backup, Readable } from '../backup-store.ts';
import type { Engine } from '../engine.ts';
import { applyTombstones } from '../erasures/apply-tombstones.ts';
import { loadBackup } from '../load.ts';
import { withScratchPostgres } from '../scratch.ts';
import { newestVideo, readVideo } from './read-video.ts';
import type { Step } from './time-drill.ts';

/** A scratch instance has nothing warm, and one video may have many rows. */
const SILENT_MS = 120_000;

interface RehearseEngine extends Pick<Engine, 'store' | 'identities' | 'bin' | 'scratch' | 'signal'> {
  /** The store that was told what was erased, which no restore may bring back. */
  tombstones: Readable;
  /** Where the objects are that rows name. */
  media: Storage;
}

/**
 * Rehearses a loss where nothing of the product can be started, as in a pod: restores a backup into a Postgres of its own as a restore would,
 * with all that is compared, migrated and erased once more; then reads all that its newest video is played from. No picture is decoded. Asks
 * no database but its own, and changes nothing of the storage.
 */
export async function rehearse(
  { store, tombstones, media, identities, bin, scratch, signal }: RehearseEngine,
  { id, manifest }: Backup,
  step: Step,
): Promise<{ read?: string }> {
  const video = await step('restore', `Restoring ${id} into a Postgres of its own …`, () =>
    withScratchPostgres({ bin, folder: scratch, bytes: manifest.databaseBytes }, async (url) => {
      await loadBackup({ store, manifest, identities, bin, url, signal, mayBeNewer: false });
      await applyTombstones(url, tombstones);
      const db = createDatabase(url, { poolSize: 1, silentMs: SILENT_MS });
      try {
        return await newestVideo(db);
      } finally {
        await db.$disconnect();
      }
    }),
  );
  if (video === undefined) return {};
  await step('read', `Reading all of the video ${video.id} …`, () => readVideo(media, video, signal));
  return { read: video.id };
}

import type { VideoState } from '@transcode/contracts';
import type { Transaction } from './database.ts';

/**
 * Holds the video's row until the transaction ends, and says how it is. Whoever locks a job of it too locks that first: the end of
 * a task does, and two who lock in different order would wait for each other.
 */
export async function lockVideo(tx: Transaction, videoId: string): Promise<VideoState | undefined> {
  const rows = await tx.$queryRaw<{ state: VideoState }[]>`
    SELECT "state" FROM "Video" WHERE "id" = ${videoId}::uuid FOR NO KEY UPDATE`;
  return rows[0]?.state;
}

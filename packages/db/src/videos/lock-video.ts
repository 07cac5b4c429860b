import type { VideoState } from '@transcode/contracts';
import type { Transaction } from '../database.ts';

export interface LockedVideo {
  readonly state: VideoState;
  readonly title: string;
  readonly sourceBytes: bigint;
}

/**
 * Holds the video's row until the transaction ends, and says how it is. Whoever locks a job of it too locks that first: the end of
 * a task does, and two who lock in different order would wait for each other.
 */
export async function lockVideo(tx: Transaction, videoId: string): Promise<LockedVideo | undefined> {
  const rows = await tx.$queryRaw<LockedVideo[]>`
    SELECT "state", "title", "sourceBytes" FROM "Video" WHERE "id" = ${videoId}::uuid FOR NO KEY UPDATE`;
  return rows[0];
}

import type { Database, Transaction } from '../database.ts';
import { lockVideo } from './lock-video.ts';

/** A job began between two looks; nothing has been written. */
class Overtaken extends Error {}

/**
 * Does `work` on a video and all of its jobs in one transaction that holds them: no job begins or ends meanwhile. Jobs are locked
 * before their video, as it is done everywhere. Undefined, and nothing is done: it is not there, or was deleted.
 */
export async function holdVideo<T>(
  db: Database,
  videoId: string,
  work: (tx: Transaction, jobIds: readonly string[]) => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await db.$transaction(async (tx) => {
        const jobIds = await hold(tx, videoId);
        return jobIds === undefined ? undefined : work(tx, jobIds);
      });
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

/** The ids of its jobs, oldest first. */
async function hold(tx: Transaction, videoId: string): Promise<string[] | undefined> {
  const jobs = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Job" WHERE "videoId" = ${videoId}::uuid ORDER BY "id" FOR NO KEY UPDATE`;
  const video = await lockVideo(tx, videoId);
  if (video === undefined || video.state === 'deleted') return undefined;
  // Nobody begins another from here on: that takes the video's row.
  if ((await tx.job.count({ where: { videoId } })) > jobs.length) throw new Overtaken();
  return jobs.map(({ id }) => id);
}

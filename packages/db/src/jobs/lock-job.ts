import type { JobState } from '@transcode/contracts';
import type { Transaction } from '../database.ts';

interface LockedJob {
  id: string;
  videoId: string;
  state: JobState;
}

/**
 * Holds the job's row until the transaction ends. Whoever changes tasks of a job locks it first: two tasks that finish together
 * would otherwise each see the other unfinished, and nobody would queue their successor.
 */
export async function lockJob(tx: Transaction, jobId: string): Promise<LockedJob | undefined> {
  const rows = await tx.$queryRaw<LockedJob[]>`
    SELECT "id", "videoId", "state" FROM "Job" WHERE "id" = ${jobId}::uuid FOR NO KEY UPDATE`;
  return rows[0];
}

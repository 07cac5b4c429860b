import type { Database, Transaction } from '../database.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { markForCopy } from '../copies/mark-for-copy.ts';
import { cancelOpenTasks } from '../tasks/cancel-open-tasks.ts';
import { createEraseJob } from '../jobs/create-job.ts';
import { holdVideo } from './hold-video.ts';
import type { ReadyTask } from '../tasks/ready-task.ts';

export interface DeletedVideo {
  /** Of its erasure, to be delivered. */
  released: ReadyTask[];
  /** Jobs that it ended. */
  canceledJobs: number;
  /** Deliveries that are of no use any more. */
  queued: ReadyTask[];
}

/**
 * Deletes a video, whatever is being done with it: its work is canceled, and the erasure of its objects begins, in one transaction
 * with what `also` writes. Undefined: it was deleted before.
 */
export async function deleteVideo(
  db: Database,
  videoId: string,
  also: (tx: Transaction) => Promise<void>,
): Promise<DeletedVideo | undefined> {
  return holdVideo(db, videoId, async (tx, jobIds) => {
    const video = await tx.video.update({ where: { id: videoId }, data: { state: 'deleted', deletedAt: new Date() } });
    await tx.job.updateMany({ where: { videoId }, data: { videoDeleted: true } });
    const queued: ReadyTask[] = [];
    let canceledJobs = 0;
    for (const id of jobIds) {
      const canceled = await cancelJob(tx, id);
      queued.push(...canceled.queued);
      if (canceled.canceled) canceledJobs += 1;
      // A completed job may still be measured.
      if (!canceled.canceled) queued.push(...(await cancelOpenTasks(tx, id)));
    }
    const { released } = await createEraseJob(tx, { video });
    await markForCopy(tx, videoId);
    await also(tx);
    return { released, canceledJobs, queued };
  });
}

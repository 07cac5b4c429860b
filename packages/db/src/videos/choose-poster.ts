import { addTasks } from '../tasks/add-tasks.ts';
import type { Database, Transaction } from '../database.ts';
import { lockJob } from '../jobs/lock-job.ts';
import { lockVideo } from './lock-video.ts';
import type { ReadyTask } from '../tasks/ready-task.ts';
import { releaseReadyTasks } from '../tasks/release-ready-tasks.ts';

/**
 * Has the poster of a video taken from another place of it, by a task of the job that is published, in one transaction with what `also`
 * writes. Undefined: there is nothing published to take it from.
 */
export function choosePoster(
  db: Database,
  { videoId, seconds }: { readonly videoId: string; readonly seconds: number },
  also: (tx: Transaction) => Promise<void>,
): Promise<ReadyTask[] | undefined> {
  return db.$transaction(async (tx) => {
    const video = await lockVideo(tx, videoId);
    if (video?.state !== 'playable' && video?.state !== 'ready') return undefined;
    const { publishedJobId } = await tx.video.update({ where: { id: videoId }, data: { posterSeconds: seconds } });
    if (publishedJobId === null || (await lockJob(tx, publishedJobId)) === undefined) return undefined;
    const index = await tx.task.count({ where: { jobId: publishedJobId, stage: 'poster' } });
    await addTasks(tx, publishedJobId, [{ stage: 'poster', index, after: [] }]);
    await also(tx);
    return releaseReadyTasks(tx, publishedJobId);
  });
}

import type { Transaction } from '../database.ts';
import { cancelOpenTasks } from '../tasks/cancel-open-tasks.ts';
import { keepStandings } from '../standing/keep-standings.ts';

/** Fails the job and its video for the same reason. A video that another job published stays as it is. */
export async function endJobAsFailed(
  tx: Transaction,
  jobId: string,
  told: { failureCode: string; failureText: string; failureTail: string | null },
): Promise<void> {
  await cancelOpenTasks(tx, jobId);
  await keepStandings(tx, [jobId], 'failed');
  const { videoId } = await tx.job.update({
    where: { id: jobId },
    data: { ...told, state: 'failed', endedAt: new Date() },
    select: { videoId: true },
  });
  await tx.video.updateMany({
    where: { id: videoId, state: { in: ['uploading', 'processing', 'playable'] } },
    data: { ...told, state: 'failed' },
  });
}

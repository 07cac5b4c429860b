import type { Transaction } from '../database.ts';
import { cancelOpenTasks } from '../tasks/cancel-open-tasks.ts';
import { lockJob } from './lock-job.ts';
import type { ReadyTask } from '../tasks/ready-task.ts';
import { keepStandings } from '../standing/keep-standings.ts';

/** Cancels a job that is not over, and its video with it. `queued` are the deliveries that are of no use any more. */
export async function cancelJob(tx: Transaction, jobId: string): Promise<{ canceled: boolean; queued: ReadyTask[] }> {
  const job = await lockJob(tx, jobId);
  if (job === undefined || (job.state !== 'queued' && job.state !== 'running')) return { canceled: false, queued: [] };
  const queued = await cancelOpenTasks(tx, jobId);
  await keepStandings(tx, [jobId], 'canceled');
  await tx.$executeRaw`UPDATE "Job" SET "state" = 'canceled', "endedAt" = now() WHERE "id" = ${jobId}::uuid`;
  await tx.video.updateMany({
    where: { id: job.videoId, state: { in: ['uploading', 'processing', 'playable'] } },
    data: { state: 'canceled' },
  });
  return { canceled: true, queued };
}

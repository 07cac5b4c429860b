import type { Priority } from '@transcode/contracts';
import type { Transaction } from '../database.ts';
import { lockJob } from './lock-job.ts';
import { READY_COLUMNS, type ReadyTask } from '../tasks/ready-task.ts';

/** Moves a job that is not over, with all its tasks that are not. `queued` are those whose delivery has to move too. */
export async function setJobPriority(
  tx: Transaction,
  jobId: string,
  priority: Priority,
): Promise<{ before: Priority; queued: ReadyTask[] } | undefined> {
  const job = await lockJob(tx, jobId);
  if (job === undefined || (job.state !== 'queued' && job.state !== 'running')) return undefined;
  const { priority: before } = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: { priority: true } });
  if (before === priority) return { before, queued: [] };
  await tx.job.update({ where: { id: jobId }, data: { priority } });
  const moved = await tx.$queryRaw<(ReadyTask & { state: string })[]>`
    UPDATE "Task" SET "priority" = ${priority}::"Priority"
    WHERE "jobId" = ${jobId}::uuid AND "state" IN ('blocked', 'queued', 'running')
    RETURNING ${READY_COLUMNS}, "state"::text`;
  return { before, queued: moved.filter(({ state }) => state === 'queued') };
}

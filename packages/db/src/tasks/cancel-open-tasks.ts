import type { Transaction } from '../database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

/** Cancels what is not over yet; running work notices at its next renewal. Returns what may still be in a queue. */
export async function cancelOpenTasks(tx: Transaction, jobId: string): Promise<ReadyTask[]> {
  const queued = await tx.$queryRaw<ReadyTask[]>`
    UPDATE "Task" SET "state" = 'canceled', "endedAt" = now()
    WHERE "jobId" = ${jobId}::uuid AND "state" = 'queued'
    RETURNING ${READY_COLUMNS}`;
  await tx.$executeRaw`
    WITH canceled AS (
      UPDATE "Task" SET "state" = 'canceled', "endedAt" = now(), "leaseUntil" = NULL
      WHERE "jobId" = ${jobId}::uuid AND "state" IN ('blocked', 'running')
      RETURNING "id", "token"
    )
    UPDATE "TaskAttempt" a SET "endedAt" = now(), "outcome" = 'canceled'
    FROM canceled t WHERE a."taskId" = t."id" AND a."token" = t."token" AND a."endedAt" IS NULL`;
  return queued;
}

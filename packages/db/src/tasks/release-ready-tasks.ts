import type { Transaction } from '../database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

/**
 * Queues each blocked task of the job whose earlier stages are done, and returns them for delivery once the transaction stands. A
 * stage is done when each of its tasks is completed, or failed without being essential; a stage without tasks is done.
 */
export function releaseReadyTasks(tx: Transaction, jobId: string): Promise<ReadyTask[]> {
  return tx.$queryRaw<ReadyTask[]>`
    UPDATE "Task" t SET "state" = 'queued', "queuedAt" = now()
    WHERE t."jobId" = ${jobId}::uuid AND t."state" = 'blocked' AND NOT EXISTS (
      SELECT 1 FROM "Task" earlier
      WHERE earlier."jobId" = t."jobId" AND earlier."stage" = ANY (t."after")
        AND NOT (earlier."state" = 'completed' OR (earlier."state" = 'failed' AND NOT earlier."essential"))
    )
    RETURNING ${READY_COLUMNS}`;
}

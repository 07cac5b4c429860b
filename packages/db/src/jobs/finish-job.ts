import type { Transaction } from '../database.ts';

/** Completes the job if none of its essential tasks is left, and says whether it did. What is not essential may still be running then. */
export async function finishJob(tx: Transaction, jobId: string): Promise<boolean> {
  const completed = await tx.$executeRaw`
    UPDATE "Job" SET "state" = 'completed', "endedAt" = now()
    WHERE "id" = ${jobId}::uuid AND "state" IN ('queued', 'running') AND NOT EXISTS (
      SELECT 1 FROM "Task" t WHERE t."jobId" = "Job"."id" AND t."essential" AND t."state" <> 'completed'
    )`;
  return completed === 1;
}

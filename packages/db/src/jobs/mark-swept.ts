import type { Database } from '../database.ts';

/** The jobs of the video that had ended by `foundAt` have been swept, but for what came late since. */
export async function markSwept(db: Database, { id, foundAt }: { id: string; foundAt: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE "Job" SET "sweptAt" = ${foundAt}
    WHERE "videoId" = ${id}::uuid AND "state" IN ('completed', 'failed', 'canceled')
      AND "endedAt" < ${foundAt} AND ("lateAt" IS NULL OR "lateAt" < ${foundAt})`;
}

/** A worker that had lost its claim is through with it, and may have written something after the job was swept. */
export async function markLate(db: Database, jobId: string): Promise<void> {
  await db.$executeRaw`UPDATE "Job" SET "lateAt" = now(), "sweptAt" = NULL WHERE "id" = ${jobId}::uuid`;
}

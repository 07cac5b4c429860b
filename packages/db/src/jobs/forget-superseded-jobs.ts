import { Prisma } from '../generated/client.ts';
import type { Database } from '../database.ts';

/** What was output by jobs that a completed one has followed is no longer in storage, and no row may say so. */
export async function forgetSupersededJobs(db: Database, jobIds: readonly string[]): Promise<void> {
  await db.$transaction([
    db.chunk.deleteMany({ where: { jobId: { in: [...jobIds] } } }),
    db.job.updateMany({ where: { id: { in: [...jobIds] } }, data: { published: Prisma.DbNull } }),
  ]);
}

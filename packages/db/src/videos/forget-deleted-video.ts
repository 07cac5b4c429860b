import type { Database } from '../database.ts';

/**
 * A deleted video leaves its own row and those of its jobs: who worked on what, and how it ended. What described its objects and
 * the work on them goes.
 */
export async function forgetDeletedVideo(db: Database, videoId: string): Promise<void> {
  const where = { job: { videoId, video: { state: 'deleted' as const } } };
  await db.$transaction([
    db.task.deleteMany({ where }),
    db.chunk.deleteMany({ where }),
    db.rendition.deleteMany({ where }),
    db.$executeRaw`
      UPDATE "Job" j SET "plan" = NULL, "published" = NULL FROM "Video" v
      WHERE v."id" = ${videoId}::uuid AND v."state" = 'deleted' AND j."videoId" = v."id"`,
    db.$executeRaw`
      UPDATE "Video" SET "probe" = NULL, "publishedJobId" = NULL WHERE "id" = ${videoId}::uuid AND "state" = 'deleted'`,
  ]);
}

import type { Database, Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { emptyOperations } from '../operations/empty-operations.ts';
import { countErasedOfVideo, endErasure } from './count-erased.ts';
import { stripAudit } from './strip-audit.ts';

interface DeletedVideo {
  readonly id: string;
  readonly workspaceId: string;
}

/** Runs of a deleted video: what is kept of them beside the rows is found by these. */
export async function jobsOfVideo(db: Database | Transaction, videoId: string): Promise<string[]> {
  const jobs = await db.job.findMany({ where: { videoId }, select: { id: true } });
  return jobs.map(({ id }) => id);
}

/**
 * Ends the erasure of a deleted video whose objects are gone: what described them and the work on them goes, and so does whatever it was
 * called. Its own row and those of its jobs stay as history for a while: ids, times, and how it ended.
 */
export async function eraseVideo(db: Database, video: DeletedVideo, objects: number): Promise<void> {
  const where = { job: { videoId: video.id, video: { state: 'deleted' as const } } };
  await db.$transaction(async (tx) => {
    const gone = [
      await tx.task.deleteMany({ where }),
      await tx.chunk.deleteMany({ where }),
      await tx.rendition.deleteMany({ where }),
    ];
    await tx.job.updateMany({ where: where.job, data: { plan: Prisma.DbNull, published: Prisma.DbNull } });
    await tx.video.updateMany({ where: { id: video.id, state: 'deleted' }, data: { publishedJobId: null } });
    const emptied = await emptyVideo(tx, video.id);
    const rows = gone.reduce((sum, { count }) => sum + count, emptied);
    await countErasedOfVideo(tx, video, { rows, objects });
    await endErasure(tx, { kind: 'video', subjectId: video.id });
  });
}

/** Takes whatever a deleted video was called, and what was found in it, out of every row; says how many rows had something. */
export async function emptyVideo(tx: Transaction, videoId: string): Promise<number> {
  const isOurs = Prisma.sql`"id" = ${videoId}::uuid AND "state" = 'deleted'`;
  const jobIds = await jobsOfVideo(tx, videoId);
  const uploads = await tx.upload.findMany({
    where: { video: { id: videoId, state: 'deleted' } },
    select: { id: true },
  });
  const uploadIds = uploads.map(({ id }) => id);
  const counts = [
    await stripAudit(tx, Prisma.sql`"target" = ANY (${[videoId, ...jobIds, ...uploadIds]}::text[])`),
    await emptyOperations(tx, videoId),
    (await tx.shareLink.deleteMany({ where: { video: { id: videoId, state: 'deleted' } } })).count,
    await tx.$executeRaw`
      UPDATE "Upload" SET "fileName" = '', "metadata" = "metadata" || '{"sent":""}'
      WHERE "id" = ANY (${uploadIds}::text[]) AND ("fileName" <> '' OR "metadata"->>'sent' <> '')`,
    await tx.$executeRaw`
      UPDATE "Job" SET "videoTitle" = '', "notes" = '{}', "presetDefinition" = NULL, "standing" = NULL,
        "failureText" = NULL, "failureTail" = NULL
      WHERE "videoId" = ${videoId}::uuid AND "videoDeleted" AND (
        "videoTitle" <> '' OR "notes" <> '{}' OR "presetDefinition" IS NOT NULL OR "standing" IS NOT NULL
        OR "failureText" IS NOT NULL OR "failureTail" IS NOT NULL
      )`,
    await tx.$executeRaw`
      UPDATE "Video" SET "title" = '', "fileName" = '', "probe" = NULL, "posterSeconds" = NULL, "failureText" = NULL, "failureTail" = NULL
      WHERE ${isOurs} AND ("title" <> '' OR "fileName" <> '' OR "probe" IS NOT NULL OR "failureText" IS NOT NULL OR "failureTail" IS NOT NULL)`,
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

import type { Database, Transaction } from '../database.ts';

/** What the video needs of the storage changes with this transaction: somebody has to look, where there is a second store. */
export async function markForCopy(tx: Transaction, videoId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CopyMark" ("videoId") SELECT ${videoId}::uuid FROM "CopyTarget" WHERE "stoppedAt" IS NULL`;
}

/** Has somebody look at what counts as needed though its video is gone: nobody should have to. Says how many videos. */
export function markGoneVideos(db: Database): Promise<number> {
  return db.$executeRaw`
    INSERT INTO "CopyMark" ("videoId") SELECT DISTINCT o."videoId" FROM "ObjectCopy" o LEFT JOIN "Video" v ON v."id" = o."videoId"
    WHERE o."state" <> 'removing' AND (v."id" IS NULL OR v."state" = 'deleted')`;
}

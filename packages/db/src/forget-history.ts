import type { Database } from './database.ts';

/** Rows of each kind in one statement. */
const AT_ONCE = 1_000;

/**
 * Removes rows of what was over before a moment and that nobody can come back to: deleted videos with their runs, uploads without a
 * video, messages that were told, operations, sessions, share links, workers and what was said of them. What was done by whom (Audit) stays for good.
 * Says how many.
 */
export async function forgetHistory(db: Database, before: Date): Promise<number> {
  const statements = [
    // One whose objects are not gone yet is still needed to find them by.
    () => db.$executeRaw`
      DELETE FROM "Video" WHERE "id" IN (
        SELECT v."id" FROM "Video" v WHERE v."state" = 'deleted' AND v."deletedAt" < ${before} AND NOT EXISTS (
          SELECT 1 FROM "Job" j WHERE j."videoId" = v."id" AND (j."sweptAt" IS NULL OR j."endedAt" > ${before})
        ) LIMIT ${AT_ONCE}
      )`,
    () => db.$executeRaw`
      DELETE FROM "Upload" WHERE "id" IN (
        SELECT u."id" FROM "Upload" u
        WHERE u."updatedAt" < ${before} AND (u."state" = 'complete' OR u."sweptAt" < ${before})
          AND NOT EXISTS (SELECT 1 FROM "Video" v WHERE v."uploadId" = u."id")
        LIMIT ${AT_ONCE}
      )`,
    () => db.$executeRaw`
      DELETE FROM "Outbox" WHERE "id" IN (SELECT "id" FROM "Outbox" WHERE "sentAt" < ${before} LIMIT ${AT_ONCE})`,
    () => db.$executeRaw`
      DELETE FROM "Operation" WHERE "id" IN (SELECT "id" FROM "Operation" WHERE "endedAt" < ${before} LIMIT ${AT_ONCE})`,
    () => db.$executeRaw`
      DELETE FROM "Session" WHERE "id" IN (
        SELECT "id" FROM "Session" WHERE "expiresAt" < ${before} OR "revokedAt" < ${before} LIMIT ${AT_ONCE}
      )`,
    () => db.$executeRaw`
      DELETE FROM "ShareLink" WHERE "id" IN (
        SELECT "id" FROM "ShareLink" WHERE "expiresAt" < ${before} OR "revokedAt" < ${before} LIMIT ${AT_ONCE}
      )`,
    () => db.$executeRaw`
      DELETE FROM "Worker" WHERE "id" IN (SELECT "id" FROM "Worker" WHERE "stoppedAt" < ${before} LIMIT ${AT_ONCE})`,
    () => db.$executeRaw`
      DELETE FROM "WorkControl" c WHERE c."scope" LIKE 'worker:%' AND c."at" < ${before}
        AND NOT EXISTS (SELECT 1 FROM "Worker" w WHERE c."scope" = 'worker:' || w."id")`,
  ];
  let forgotten = 0;
  for (const statement of statements) forgotten += await statement();
  return forgotten;
}

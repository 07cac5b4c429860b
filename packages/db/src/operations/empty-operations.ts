import type { Database, Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/**
 * Takes what a video, or those of a workspace, were called out of all that was asked and found of restores; that there were some stays. Says
 * how many rows had any.
 */
export function emptyOperations(tx: Transaction, subjectId: string): Promise<number> {
  const isOfIt = Prisma.sql`position(${subjectId} in concat("input", "result")) > 0`;
  // Whoever asks by a title may have meant it, and nobody ever knew.
  const isOfAny = Prisma.sql`"kind" = 'restorePlan' AND ("result" IS NULL OR "result"->>'found' = 'several')`;
  return empty(tx, Prisma.sql`"state" <> 'queued' AND (${isOfIt} OR ${isOfAny})`);
}

/** The same of one that ends while, or after, what it found is erased. */
export async function emptyErased(db: Database, id: string): Promise<void> {
  await empty(
    db,
    Prisma.sql`"id" = ${id}::uuid AND EXISTS (
      SELECT 1 FROM "Erasure" e WHERE e."kind" IN ('video', 'workspace') AND position(e."subjectId"::text in "result"::text) > 0)`,
  );
}

function empty(db: Database | Transaction, where: Prisma.Sql): Promise<number> {
  return db.$executeRaw`
    UPDATE "Operation" SET "input" = NULL, "result" = NULL, "sentence" = CASE WHEN "sentence" IS NOT NULL THEN 'What it was about was erased.' END
    WHERE (${where}) AND ("input" IS NOT NULL OR "result" IS NOT NULL)`;
}

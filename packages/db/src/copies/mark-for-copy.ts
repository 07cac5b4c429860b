import type { Transaction } from '../database.ts';

/** What the video needs of the storage changes with this transaction: somebody has to look, where there is a second store. */
export async function markForCopy(tx: Transaction, videoId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CopyMark" ("videoId") SELECT ${videoId}::uuid FROM "CopyTarget" WHERE "stoppedAt" IS NULL`;
}

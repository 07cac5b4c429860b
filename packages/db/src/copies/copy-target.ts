import type { Database } from '../database.ts';
import type { CopyTarget } from '../generated/client.ts';

/** Where objects are copied to; null where they are not. */
export function readCopyTarget(db: Database): Promise<CopyTarget | null> {
  return db.copyTarget.findFirst({ where: { stoppedAt: null } });
}

/**
 * Objects are to be copied there from here on; whether that is news. Then every video is marked, and what was copied to somewhere else
 * counts no more.
 */
export async function setCopyTarget(db: Database, url: string): Promise<boolean> {
  if ((await readCopyTarget(db))?.url === url) return false;
  return db.$transaction(async (tx) => {
    // Whoever looked for a target and found none has ended before there is one, so each change is marked or seen.
    await tx.$executeRaw`LOCK TABLE "CopyMark" IN SHARE ROW EXCLUSIVE MODE`;
    const before = await tx.copyTarget.findFirst();
    if (before?.url === url && before.stoppedAt === null) return false;
    if (before?.url !== url) {
      await tx.objectCopy.deleteMany();
      await tx.copyTarget.deleteMany();
      await tx.copyTarget.create({ data: { url } });
    }
    await tx.copyTarget.updateMany({ data: { stoppedAt: null, signedAt: null, comparedAt: null, trouble: null } });
    await tx.copyMark.deleteMany();
    // Of what is not there any more, too.
    await tx.$executeRaw`
      INSERT INTO "CopyMark" ("videoId") SELECT "id" FROM "Video" UNION SELECT "videoId" FROM "ObjectCopy"`;
    return true;
  });
}

/** Nothing is copied any more; whether that is news. What was copied stays known, in case it goes on. */
export async function stopCopying(db: Database): Promise<boolean> {
  if ((await readCopyTarget(db)) === null) return false;
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "CopyMark" IN SHARE ROW EXCLUSIVE MODE`;
    const { count } = await tx.copyTarget.updateMany({
      where: { stoppedAt: null },
      data: { stoppedAt: new Date(), trouble: null },
    });
    await tx.copyMark.deleteMany();
    return count > 0;
  });
}

/** Why nothing is copied just now; null: it is. */
export async function noteCopyTrouble(db: Database, trouble: string | null): Promise<void> {
  await db.copyTarget.updateMany({ data: { trouble } });
}

/** There is an object in it by which it is known again. */
export async function noteCopyStoreSigned(db: Database): Promise<void> {
  await db.$executeRaw`UPDATE "CopyTarget" SET "signedAt" = now()`;
}

/** All that should be there was looked for, and what was not is waiting. */
export async function noteCompared(db: Database): Promise<void> {
  await db.$executeRaw`UPDATE "CopyTarget" SET "comparedAt" = now()`;
}

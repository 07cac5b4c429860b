import type { Database } from '../database.ts';
import type { CopyContent } from '../generated/client.ts';

/** An object that is ours to copy for as long as the lease holds. */
export interface CopyClaim {
  readonly key: string;
  readonly videoId: string;
  readonly content: CopyContent;
  /** As the rows say, where they do. */
  readonly bytes: bigint | null;
  readonly sha256: string | null;
  readonly token: number;
}

interface Lease {
  readonly leaseMs: number;
}

/** The next objects that wait: sources first, each kind by its age. Two who claim never get the same. */
export function claimCopies(db: Database, { count, leaseMs }: Lease & { count: number }): Promise<CopyClaim[]> {
  return db.$queryRaw<CopyClaim[]>`
    UPDATE "ObjectCopy" o SET "token" = o."token" + 1, "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000})
    WHERE o."key" IN (
      SELECT "key" FROM "ObjectCopy" WHERE "state" = 'waiting'
        AND ("leaseUntil" IS NULL OR "leaseUntil" < now()) AND ("notBefore" IS NULL OR "notBefore" <= now())
      ORDER BY "content", "waitingSince" LIMIT ${count} FOR UPDATE SKIP LOCKED
    ) RETURNING o."key", o."videoId", o."content", o."bytes", o."sha256", o."token"`;
}

/** A source that has come whole, before its video is told so: it is claimed at once, unless somebody has it or it is there. */
export async function claimSourceCopy(
  db: Database,
  { key, videoId, bytes, leaseMs }: Lease & { key: string; videoId: string; bytes: bigint },
): Promise<CopyClaim | undefined> {
  await db.$executeRaw`
    INSERT INTO "ObjectCopy" ("key", "videoId", "content", "bytes") VALUES (${key}, ${videoId}::uuid, 'source', ${bytes})
    ON CONFLICT ("key") DO UPDATE SET "state" = 'waiting' WHERE "ObjectCopy"."state" = 'removing'`;
  const [claim] = await db.$queryRaw<CopyClaim[]>`
    UPDATE "ObjectCopy" SET "token" = "token" + 1, "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000})
    WHERE "key" = ${key} AND "state" = 'waiting' AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      AND ("notBefore" IS NULL OR "notBefore" <= now())
    RETURNING "key", "videoId", "content", "bytes", "sha256", "token"`;
  return claim;
}

/** False: it is somebody else's by now, or is not to be copied any more. */
export async function renewCopyClaim(
  db: Database,
  { key, token, leaseMs }: Pick<CopyClaim, 'key' | 'token'> & Lease,
): Promise<boolean> {
  const renewed = await db.$executeRaw`
    UPDATE "ObjectCopy" SET "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000})
    WHERE "key" = ${key} AND "token" = ${token} AND "state" = 'waiting'`;
  return renewed === 1;
}

/** It lies in the second store. False: the claim was lost, or it is not to be there any more. */
export async function completeCopy(
  db: Database,
  { key, token }: Pick<CopyClaim, 'key' | 'token'>,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<boolean> {
  const completed = await db.$executeRaw`
    UPDATE "ObjectCopy" SET "state" = 'copied', "bytes" = ${BigInt(bytes)}, "sha256" = ${sha256}, "copiedAt" = now(),
      "leaseUntil" = NULL, "notBefore" = NULL, "attempts" = 0, "failure" = NULL
    WHERE "key" = ${key} AND "token" = ${token} AND "state" = 'waiting'`;
  return completed === 1;
}

/** Whether a claim that was lost left something in the second store that nobody knows of: then it goes. */
export async function isCopyForgotten(db: Database, key: string): Promise<boolean> {
  return (await db.objectCopy.count({ where: { key } })) === 0;
}

/** The claim ends here. With a failure the object waits longer each time, up to five minutes. */
export async function endCopyClaim(
  db: Database,
  { key, token }: Pick<CopyClaim, 'key' | 'token'>,
  failure?: string,
): Promise<void> {
  if (failure === undefined)
    await db.$executeRaw`UPDATE "ObjectCopy" SET "leaseUntil" = NULL WHERE "key" = ${key} AND "token" = ${token}`;
  else
    await db.$executeRaw`
      UPDATE "ObjectCopy" SET "leaseUntil" = NULL, "failure" = ${failure}, "attempts" = "attempts" + 1,
        "notBefore" = now() + make_interval(secs => least(300, 2 ^ least("attempts", 10)))
      WHERE "key" = ${key} AND "token" = ${token}`;
}

/** Objects that are to go from the second store, and whom nobody is copying. */
export function claimRemovals(
  db: Database,
  { count, leaseMs }: Lease & { count: number },
): Promise<Pick<CopyClaim, 'key' | 'token'>[]> {
  return db.$queryRaw`
    UPDATE "ObjectCopy" o SET "token" = o."token" + 1, "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000})
    WHERE o."key" IN (
      SELECT "key" FROM "ObjectCopy" WHERE "state" = 'removing'
        AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      ORDER BY "content", "waitingSince" LIMIT ${count} FOR UPDATE SKIP LOCKED
    ) RETURNING o."key", o."token"`;
}

/** They are gone there, and nothing is known of them any more. */
export async function completeRemovals(
  db: Database,
  claims: readonly Pick<CopyClaim, 'key' | 'token'>[],
): Promise<void> {
  const [keys, tokens] = [claims.map(({ key }) => key), claims.map(({ token }) => token)];
  await db.$executeRaw`
    DELETE FROM "ObjectCopy" o USING unnest(${keys}::text[], ${tokens}::int[]) AS gone("key", "token")
    WHERE o."key" = gone."key" AND o."token" = gone."token" AND o."state" = 'removing'`;
}

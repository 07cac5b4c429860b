import { UPLOAD_LEASE_MS } from '@transcode/contracts';
import type { Database } from '@transcode/db';

/** The row of an upload's writer, compare-and-set, all times by the database's clock. */

/** `idle`: stop once nothing comes any more. `now`: stop at once. */
export type Wanted = 'idle' | 'now';

export async function takeLease(db: Database, uploadId: string, token: string): Promise<boolean> {
  const taken = await db.$executeRaw`
    INSERT INTO "UploadLock" ("uploadId", "token", "expiresAt", "activeAt")
    VALUES (${uploadId}, ${token}, now() + ${UPLOAD_LEASE_MS} * interval '1 millisecond', now())
    ON CONFLICT ("uploadId") DO UPDATE
      SET "token" = EXCLUDED."token", "expiresAt" = EXCLUDED."expiresAt", "activeAt" = EXCLUDED."activeAt", "wanted" = NULL
      WHERE "UploadLock"."expiresAt" < now()`;
  return taken === 1;
}

/** Undefined: the lease is somebody else's, or gone. */
export async function renewLease(
  db: Database,
  uploadId: string,
  token: string,
  idleMs: number,
): Promise<{ wanted: Wanted | null } | undefined> {
  const rows = await db.$queryRaw<{ wanted: Wanted | null }[]>`
    UPDATE "UploadLock"
    SET "expiresAt" = now() + ${UPLOAD_LEASE_MS} * interval '1 millisecond',
        "activeAt" = now() - ${Math.round(idleMs)} * interval '1 millisecond'
    WHERE "uploadId" = ${uploadId} AND "token" = ${token}
    RETURNING "wanted"`;
  return rows[0];
}

/** Asks the writer to stop, and says how long ago it last received bytes; undefined where there is no writer. */
export async function wantLease(db: Database, uploadId: string, wanted: Wanted): Promise<number | undefined> {
  const rows = await db.$queryRaw<{ idleMs: number }[]>`
    UPDATE "UploadLock"
    SET "wanted" = CASE WHEN "wanted" = 'now' THEN "wanted" ELSE ${wanted} END
    WHERE "uploadId" = ${uploadId}
    RETURNING (extract(epoch FROM now() - "activeAt") * 1000)::float8 AS "idleMs"`;
  return rows[0]?.idleMs;
}

/** Takes a question back that its asker no longer waits on. */
export async function unwantLease(db: Database, uploadId: string): Promise<void> {
  await db.uploadLock.updateMany({ where: { uploadId, wanted: 'idle' }, data: { wanted: null } });
}

export async function dropLease(db: Database, uploadId: string, token: string): Promise<void> {
  await db.uploadLock.deleteMany({ where: { uploadId, token } });
}

/** Those of writers that died, or could not give theirs back: whoever still wrote under one has stopped before it ran out. */
export async function dropOverdueLeases(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM "UploadLock" WHERE "expiresAt" < now()`;
}

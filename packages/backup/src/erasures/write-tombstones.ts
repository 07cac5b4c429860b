import { findUnwrittenErasures, markErasureWritten, type Database } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import type { Client } from 'pg';
import { listTombstones, putTombstone, type ToldErasure } from './tombstones.ts';

const AT_ONCE = 100;

/** Tells the store of what was erased and it has not heard of yet; says of how many. While it is away the rows remember. */
export async function writeTombstones(db: Database, store: Storage): Promise<number> {
  const unwritten = await findUnwrittenErasures(db, AT_ONCE);
  for (const erasure of unwritten) {
    await putTombstone(store, erasure);
    await markErasureWritten(db, erasure);
  }
  return unwritten.length;
}

/** Has a store hear of all that was ever erased: the one that is written to may be another than that of the installation, or new. */
export async function completeTombstones(client: Client, store: Storage): Promise<void> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public."Erasure"') IS NOT NULL AS there`,
  );
  // A database that is backed up before it is brought to this version has none.
  if (found[0]?.there !== true) return;
  const there = new Map((await listTombstones(store)).map(({ id, keys }) => [id, keys.length]));
  const { rows } = await client.query<ToldErasure>(
    `SELECT "id", "kind", "subjectId", "askedByUserId", "askedByKeyId", "askedAt", "erasedAt", "rows", "objects" FROM "Erasure"`,
  );
  for (const erasure of rows) {
    const files = erasure.erasedAt === null ? 1 : 2;
    if ((there.get(erasure.id) ?? 0) < files) await putTombstone(store, erasure);
  }
}

import { findUnwrittenErasures, markErasureWritten, type Database } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import type { Client } from 'pg';
import { listTombstones, putTombstone, type ToldErasure } from './tombstones.ts';

const AT_ONCE = 100;
/** Tombstones that are put into a store at the same time: a new one may lack those of years. */
const PUT_AT_ONCE = 32;

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
  const lacking = rows.filter(({ id, erasedAt }) => (there.get(id) ?? 0) < (erasedAt === null ? 1 : 2));
  for (let from = 0; from < lacking.length; from += PUT_AT_ONCE)
    await Promise.all(lacking.slice(from, from + PUT_AT_ONCE).map((erasure) => putTombstone(store, erasure)));
}

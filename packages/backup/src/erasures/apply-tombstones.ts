import { createDatabase, endedErasures, reapplyErasure } from '@transcode/db';
import { listTombstones, readTombstone, type FoundTombstone } from './tombstones.ts';
import type { Readable } from '../backup-store.ts';

/** One workspace may have many rows. */
const SILENT_MS = 600_000;
/** Tombstones that are read at the same time. */
const AT_ONCE = 32;

/**
 * Erases from a database of our schema, which nobody works with yet, whatever was erased since it was as it is. Not by time, as clocks may
 * differ: all that the store has and it does not know to be through. Says how many of them it had brought back.
 */
export async function applyTombstones(url: string, store: Readable): Promise<number> {
  const found = await listTombstones(store);
  const db = createDatabase(url, { poolSize: 2, silentMs: SILENT_MS });
  try {
    const ended = await endedErasures(db);
    const unknown = found.filter(({ id }) => !ended.has(id));
    let applied = 0;
    for (let from = 0; from < unknown.length; from += AT_ONCE) {
      const some = unknown.slice(from, from + AT_ONCE).map((one) => readTombstone(store, one));
      for (const tombstone of await Promise.all(some)) if (await reapplyErasure(db, tombstone)) applied += 1;
    }
    return applied;
  } finally {
    await db.$disconnect();
  }
}

/** Those that came after a moment: what a restore of that moment would have to apply, if it has them at all. */
export async function tombstonesSince(store: Readable, since: Date): Promise<FoundTombstone[]> {
  return (await listTombstones(store)).filter(({ askedAt }) => askedAt >= since);
}

import type { Database } from '../database.ts';
import type { Erasure } from '../generated/client.ts';

/** Erasures of which the store of backups has not got all yet, in the order in which they were asked for. */
export function findUnwrittenErasures(db: Database, limit: number): Promise<Erasure[]> {
  return db.erasure.findMany({
    where: { OR: [{ tombstoneAt: null }, { erasedAt: { not: null }, receiptAt: null }] },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

/** The store has its tombstone, and where it is through its receipt. */
export async function markErasureWritten(db: Database, { id, erasedAt }: Erasure): Promise<void> {
  const now = new Date();
  await db.erasure.updateMany({ where: { id, tombstoneAt: null }, data: { tombstoneAt: now } });
  if (erasedAt !== null) await db.erasure.update({ where: { id }, data: { receiptAt: now } });
}

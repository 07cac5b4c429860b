import type { Database, Transaction, Workspace } from '@transcode/db';

const FIRST = 'Default';

/** The oldest workspace; where there is none yet, the first is made. */
export async function ensureWorkspace(db: Database | Transaction): Promise<Workspace> {
  const oldest = await db.workspace.findFirst({ where: { erasingAt: null }, orderBy: { id: 'asc' } });
  return oldest ?? db.workspace.upsert({ where: { name: FIRST }, create: { name: FIRST }, update: {} });
}

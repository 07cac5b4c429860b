import type { ErasureView } from '@transcode/contracts';
import type { Database, Erasure } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { erasureView } from '../../views/erasure-view.ts';
import { toPage } from '../lists/page.ts';
import { found } from '../workspaces/visible.ts';
import { keptBackups, keptOf } from './kept-backups.ts';
import { namesOfAskers } from './names-of-askers.ts';

/** Receipts, newest first. */
export async function listErasures(
  context: SignedInContext,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ErasureView[]; nextCursor: string | null }> {
  const rows = await context.services.db.erasure.findMany({
    ...(cursor === undefined ? {} : { where: { id: { lt: cursor } } }),
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = toPage(rows, limit);
  return { items: await viewsOf(context, page.items), nextCursor: page.nextCursor };
}

export async function readErasure(context: SignedInContext, id: string): Promise<ErasureView> {
  const row = found(await context.services.db.erasure.findUnique({ where: { id } }), 'erasure');
  const [view] = await viewsOf(context, [row]);
  return found(view, 'erasure');
}

/** All of them, newest first, for whoever can read the database anyway: `./transcode erasures`. */
export async function listLocalErasures(
  db: Database,
  kept: Parameters<typeof keptOf>[1],
): Promise<readonly ErasureView[]> {
  const rows = await db.erasure.findMany({ orderBy: { id: 'desc' } });
  const [names, backups] = await Promise.all([namesOfAskers(db, rows), keptOf(db, kept)]);
  return rows.map((row) => erasureView(row, names, backups));
}

async function viewsOf({ services }: SignedInContext, rows: readonly Erasure[]): Promise<ErasureView[]> {
  const [names, kept] = await Promise.all([namesOfAskers(services.db, rows), keptBackups(services)]);
  return rows.map((row) => erasureView(row, names, kept));
}

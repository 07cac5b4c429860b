import { sentenceOf, UPLOAD_LEASE_MS } from '@transcode/contracts';
import type { UploadDeps } from './deps.ts';
import { demandLease } from './hold-lease.ts';

type AbandonDeps = Pick<UploadDeps, 'db' | 'storage' | 'events' | 'log'>;

/** Ends an upload that never got whole: its writer first, then its row, its bytes, its video. False: it was over already. */
export async function abandonUpload(deps: AbandonDeps, id: string, state: 'canceled' | 'expired'): Promise<boolean> {
  const lease = await demandLease(deps, id, { waitMs: 2 * UPLOAD_LEASE_MS, want: 'now' });
  try {
    return await abandonHeldUpload(deps, id, state);
  } finally {
    await lease.release();
  }
}

/** The caller holds the upload's lease. */
export async function abandonHeldUpload(
  { db, storage, events }: AbandonDeps,
  id: string,
  state: 'canceled' | 'expired',
): Promise<boolean> {
  const receiving = { id, state: 'receiving' as const };
  const where = state === 'expired' ? { ...receiving, expiresAt: { lt: new Date() } } : receiving;
  const changed = await db.upload.updateMany({ where, data: { state } });
  const row = await db.upload.findUnique({ where: { id }, include: { video: { select: { id: true } } } });
  // Bytes that an abandonment which died in the middle left behind go with the next one.
  if (row === null || row.state !== state) return false;
  await storage.growing(row.key, { expectedBytes: Number(row.size) }).abort();
  if (changed.count === 0 || row.video === null) return changed.count > 0;
  const failure =
    state === 'expired' ? { failureCode: 'upload_expired', failureText: sentenceOf('upload_expired') } : {};
  const canceled = await db.video.updateMany({
    where: { id: row.video.id, state: 'uploading' },
    data: { state: 'canceled', ...failure },
  });
  if (canceled.count > 0) {
    events.publish({ type: 'video', workspaceId: row.workspaceId, videoId: row.video.id, state: 'canceled' });
  }
  return true;
}

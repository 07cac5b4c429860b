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
  deps: AbandonDeps,
  id: string,
  state: 'canceled' | 'expired',
): Promise<boolean> {
  const { db, events } = deps;
  const receiving = { id, state: 'receiving' as const };
  const where = state === 'expired' ? { ...receiving, expiresAt: { lt: new Date() } } : receiving;
  const changed = await db.upload.updateMany({ where, data: { state } });
  const row = await db.upload.findUnique({ where: { id }, include: { video: { select: { id: true } } } });
  if (row === null || row.state !== state) return false;
  if (row.video !== null && changed.count > 0) {
    const failure =
      state === 'expired' ? { failureCode: 'upload_expired', failureText: sentenceOf('upload_expired') } : {};
    const canceled = await db.video.updateMany({
      where: { id: row.video.id, state: 'uploading' },
      data: { state: 'canceled', ...failure },
    });
    if (canceled.count > 0) {
      events.publish({ type: 'video', workspaceId: row.workspaceId, videoId: row.video.id, state: 'canceled' });
    }
  }
  try {
    await removeBytes(deps, row);
  } catch (error) {
    deps.log.error({ err: error, upload_id: id }, 'What came of an upload could not be removed and will be later');
  }
  return changed.count > 0;
}

/** What came of an upload that never got whole, perhaps to the object that it becomes. Until it is done the reconciler tries again. */
export async function removeBytes(
  { db, storage }: Pick<AbandonDeps, 'db' | 'storage'>,
  { id, key, size }: { id: string; key: string; size: bigint },
): Promise<void> {
  await storage.growing(key, { expectedBytes: Number(size) }).abort();
  await storage.delete([key]);
  await db.upload.update({ where: { id }, data: { sweptAt: new Date() } });
}

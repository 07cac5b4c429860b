import { sentenceOf, UPLOAD_LEASE_MS } from '@transcode/contracts';
import { markForCopy, type Transaction, type Upload } from '@transcode/db';
import { measure } from '@transcode/telemetry';
import type { Principal } from '../identity/principal.ts';
import { audit } from '../services/audit/audit.ts';
import type { UploadDeps } from './deps.ts';
import { demandLease } from './hold-lease.ts';

type AbandonDeps = Pick<UploadDeps, 'db' | 'storage' | 'events' | 'log'>;

/**
 * Ends an upload that never got whole: its writer first, then its row, its bytes, its video. False: it was over already. `by` is written
 * down as who did it.
 */
export async function abandonUpload(
  deps: AbandonDeps,
  id: string,
  state: 'canceled' | 'expired',
  by?: Principal,
): Promise<boolean> {
  const lease = await demandLease(deps, id, { waitMs: 2 * UPLOAD_LEASE_MS, want: 'now' });
  try {
    return await abandonHeldUpload(deps, id, state, by);
  } finally {
    await lease.release();
  }
}

/** The caller holds the upload's lease. */
export async function abandonHeldUpload(
  deps: AbandonDeps,
  id: string,
  state: 'canceled' | 'expired',
  by?: Principal,
): Promise<boolean> {
  const { row, changed, videoId } = await deps.db.$transaction(async (tx) => {
    const ended = await endRows(tx, id, state);
    if (ended.changed && ended.row !== null && by !== undefined) await writeDown(tx, by, ended.row);
    return ended;
  });
  if (row === null || row.state !== state) return false;
  if (changed) measure.count('uploadsEndedTotal', { outcome: state });
  if (videoId !== undefined)
    deps.events.publish({ type: 'video', workspaceId: row.workspaceId, videoId, state: 'canceled' });
  try {
    await removeBytes(deps, row);
  } catch (error) {
    deps.log.error({ err: error, upload_id: id }, 'What came of an upload could not be removed and will be later');
  }
  return changed;
}

/**
 * Leaves nothing of an upload that its client will never hear of: neither bytes nor rows. What cannot be removed at once is swept
 * later. The caller holds the upload's lease.
 */
export async function forgetHeldUpload(deps: AbandonDeps, id: string): Promise<void> {
  await abandonHeldUpload(deps, id, 'canceled');
  await deps.db.video.deleteMany({ where: { uploadId: id, state: 'canceled' } });
  await deps.db.upload.deleteMany({ where: { id, sweptAt: { not: null } } });
}

async function writeDown(tx: Transaction, by: Principal, { id, workspaceId, fileName }: Upload): Promise<void> {
  await audit(tx, by, { action: 'upload.cancel', target: id, workspaceId, details: { name: fileName } });
}

interface EndedRows {
  readonly row: Upload | null;
  /** False: it was over already. */
  readonly changed: boolean;
  /** Of the video that was canceled with it. */
  readonly videoId?: string;
}

/** The upload and its video end together: nobody would come back to a video whose upload is over. */
async function endRows(tx: Transaction, id: string, state: 'canceled' | 'expired'): Promise<EndedRows> {
  const receiving = { id, state: 'receiving' as const };
  const where = state === 'expired' ? { ...receiving, expiresAt: { lt: new Date() } } : receiving;
  const changed = (await tx.upload.updateMany({ where, data: { state } })).count > 0;
  const row = await tx.upload.findUnique({ where: { id }, include: { video: { select: { id: true } } } });
  if (!changed || row === null || row.video === null) return { row, changed };
  await markForCopy(tx, row.video.id);
  const failure =
    state === 'expired' ? { failureCode: 'upload_expired', failureText: sentenceOf('upload_expired') } : {};
  const canceled = await tx.video.updateMany({
    where: { id: row.video.id, state: 'uploading' },
    data: { state: 'canceled', ...failure },
  });
  return { row, changed, ...(canceled.count > 0 && { videoId: row.video.id }) };
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

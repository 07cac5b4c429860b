import { UPLOAD_LEASE_MS } from '@transcode/contracts';
import type { Transaction } from '@transcode/db';
import { createJob, lockVideo, markForCopy } from '@transcode/db';
import { deliver } from '@transcode/queue';
import { measure } from '@transcode/telemetry';
import type { UploadDeps } from './deps.ts';
import { demandLease } from './hold-lease.ts';
import { readMetadata } from './upload-metadata-row.ts';
import { uploadRequests } from './upload-request.ts';

type Finished = Awaited<ReturnType<typeof createJob>>;

/**
 * Makes a source of an upload whose every byte is durable, and begins its video's journey. Doing it again, after a crash
 * at any point of it, is harmless. The caller holds the upload's lease.
 */
export async function finishHeldUpload(deps: UploadDeps, id: string): Promise<void> {
  const row = await deps.db.upload.findUniqueOrThrow({ where: { id }, include: { video: { select: { id: true } } } });
  if (row.state !== 'receiving') return;
  await deps.storage.growing(row.key, { expectedBytes: Number(row.size) }).finish();
  if (deps.copier?.mode === 'synchronous' && row.video !== null)
    await deps.copier.untilCopied({ key: row.key, videoId: row.video.id, bytes: row.size });
  const finished = await deps.db.$transaction((tx) => commit(tx, id));
  if (finished === undefined) return;
  const { job, released } = finished;
  const { workspaceId, videoId } = job;
  measure.count('uploadsEndedTotal', { outcome: 'complete' });
  measure.count('jobsCreatedTotal', { trigger: 'upload', priority: job.priority });
  deps.events.publish({
    type: 'upload',
    workspaceId,
    videoId,
    uploadId: id,
    offset: Number(row.size),
    size: Number(row.size),
  });
  deps.events.publish({ type: 'video', workspaceId, videoId, state: 'processing' });
  deps.events.publish({ type: 'job', workspaceId, videoId, jobId: job.id, state: job.state });
  await deliver(deps, released);
}

/** The same for one who does not hold the lease: `upload_locked` while somebody else is at it. */
export async function finishUpload(deps: UploadDeps, id: string): Promise<void> {
  const lease = await demandLease(deps, id, { waitMs: UPLOAD_LEASE_MS });
  try {
    await finishHeldUpload(deps, id);
  } finally {
    await lease.release();
  }
}

async function commit(tx: Transaction, id: string): Promise<Finished | undefined> {
  const row = await tx.upload.findUniqueOrThrow({ where: { id }, include: { video: true } });
  const done = await tx.upload.updateMany({
    where: { id, state: 'receiving' },
    data: { state: 'complete', offset: row.size, verifyFrom: null },
  });
  if (done.count === 0 || row.video === null) return undefined;
  // Also where it was deleted while its copy was made.
  await markForCopy(tx, row.video.id);
  // It may be being deleted at this moment.
  if ((await lockVideo(tx, row.video.id))?.state !== 'uploading') return undefined;
  const { priority } = readMetadata(row.metadata);
  const origin = { traceparent: row.traceparent, requestId: uploadRequests.getStore()?.id ?? null };
  return createJob(tx, { video: row.video, preset: row.video.preset, priority, origin });
}

import { sourceKey, TranscodeError, UPLOAD_EXPIRES_MS } from '@transcode/contracts';
import { isUniqueViolation } from '@transcode/db';
import { demandRoom } from '@transcode/storage';
import { currentTraceparent } from '@transcode/telemetry';
import type { Principal } from '../identity/principal.ts';
import type { UploadDeps } from './deps.ts';
import { reloadUpload, type UploadRow } from './find-upload.ts';
import { readMetadata } from './upload-metadata-row.ts';
import type { NewUpload } from './upload-metadata.ts';

interface Announced extends NewUpload {
  id: string;
  size: number;
}

/** The rows of an upload and of the video that it will be; those that are there, where the client has made them before. */
export async function createUpload(
  deps: UploadDeps,
  principal: Principal,
  announced: Announced,
): Promise<{ row: UploadRow; isNew: boolean }> {
  const isKnown = (await deps.db.upload.count({ where: { id: announced.id } })) > 0;
  if (!isKnown) demandRoom('the storage', await deps.storage.room(), announced.size);
  try {
    return { row: await insertUpload(deps, principal, announced), isNew: true };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const row = await reloadUpload(deps.db, announced.id);
  if (Number(row.size) === announced.size && readMetadata(row.metadata).sent === announced.sent)
    return { row, isNew: false };
  throw new TranscodeError('conflict', { reason: 'This idempotencyKey was used for another upload' });
}

async function insertUpload(deps: UploadDeps, principal: Principal, announced: Announced): Promise<UploadRow> {
  const { id, size, sent, fileName, title, preset, priority, workspaceId } = announced;
  const key = sourceKey({ workspaceId, uploadId: id });
  const owner = principal.kind === 'user' ? { ownerUserId: principal.id } : { ownerKeyId: principal.id };
  const traceparent = currentTraceparent() ?? null;
  const expiresAt = new Date(Date.now() + UPLOAD_EXPIRES_MS);
  const { video, ...upload } = await deps.db.$transaction(async (tx) => {
    const row = await tx.upload.create({
      data: { id, workspaceId, ...owner, fileName, metadata: { sent, priority }, size, key, expiresAt, traceparent },
    });
    const made = await tx.video.create({
      data: { workspaceId, title, fileName, uploadId: id, sourceKey: key, sourceBytes: size, preset },
    });
    return { ...row, video: made };
  });
  deps.events.publish({ type: 'video', workspaceId, videoId: video.id, state: video.state });
  return { ...upload, video: { id: video.id, state: video.state, title: video.title } };
}

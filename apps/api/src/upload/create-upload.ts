import { UPLOAD_EXPIRES_MS } from '@transcode/contracts';
import type { Principal } from '../identity/principal.ts';
import type { UploadDeps } from './deps.ts';
import type { UploadRow } from './find-upload.ts';
import type { NewUpload } from './upload-metadata.ts';

interface Announced extends NewUpload {
  id: string;
  size: number;
}

/** The rows of an upload and of the video that it will be. */
export async function createUpload(deps: UploadDeps, principal: Principal, announced: Announced): Promise<UploadRow> {
  const { id, size, sent, fileName, title, preset, priority, workspaceId } = announced;
  const key = `w/${workspaceId}/u/${id}`;
  const owner = principal.kind === 'user' ? { ownerUserId: principal.id } : { ownerKeyId: principal.id };
  const expiresAt = new Date(Date.now() + UPLOAD_EXPIRES_MS);
  const { video, ...upload } = await deps.db.$transaction(async (tx) => {
    const row = await tx.upload.create({
      data: { id, workspaceId, ...owner, fileName, metadata: { sent, priority }, size, key, expiresAt },
    });
    const made = await tx.video.create({
      data: { workspaceId, title, fileName, uploadId: id, sourceKey: key, sourceBytes: size, preset },
    });
    return { ...row, video: made };
  });
  deps.events.publish({ type: 'video', workspaceId, videoId: video.id, state: video.state });
  return { ...upload, video: { id: video.id, state: video.state, title: video.title } };
}

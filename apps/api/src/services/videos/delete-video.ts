import { deleteVideo as deleteInDatabase, type Video } from '@transcode/db';
import { deliver, undeliver } from '@transcode/queue';
import { measure } from '@transcode/telemetry';
import type { SignedInContext } from '../../context.ts';
import { abandonUpload } from '../../upload/index.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from './find-video.ts';

/**
 * At once nobody sees or plays it any more, and what is being done with it stops; a worker removes the objects. What cannot be done
 * just now the reconciler does: the video is deleted all the same.
 */
export async function deleteVideo(context: SignedInContext, id: string): Promise<void> {
  const video = await findVideo(context, id);
  const { services, identity } = context;
  const { db, events, log } = services;
  const { workspaceId } = video;
  const deed = { ...(await deedOf(context, video)), target: id, workspaceId };
  const deleted = await deleteInDatabase(db, id, (tx) => audit(tx, identity, deed));
  if (deleted === undefined) return;
  measure.count('jobsEndedTotal', { outcome: 'canceled', cause: 'none' }, deleted.canceledJobs);
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'deleted' });
  await Promise.all([deliver(services, deleted.released), undeliver(services, deleted.queued)]);
  if (video.uploadId === null) return;
  try {
    await abandonUpload(services, video.uploadId, 'canceled');
  } catch (error) {
    log.warn({ err: error, upload_id: video.uploadId }, 'The upload of a deleted video could not be ended yet');
  }
}

/** To delete what is still coming is to cancel its upload; of what never came there is little to delete. */
async function deedOf({ services: { db } }: SignedInContext, { title, state, uploadId }: Video) {
  if (state === 'uploading') return { action: 'upload.cancel', details: { name: title } } as const;
  const upload = uploadId === null ? null : await db.upload.findUnique({ where: { id: uploadId } });
  const neverCame = upload !== null && upload.state !== 'complete';
  return { action: 'video.delete', details: { name: title, ...(neverCame ? { neverCame } : {}) } } as const;
}

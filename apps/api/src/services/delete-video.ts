import { deleteVideo as deleteInDatabase } from '@transcode/db';
import { deliver, undeliver } from '@transcode/queue';
import type { SignedInContext } from '../context.ts';
import { abandonUpload } from '../upload/index.ts';
import { audit } from './audit.ts';
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
  const deleted = await deleteInDatabase(db, id, (tx) =>
    audit(tx, identity, { action: 'video.delete', target: id, workspaceId, details: { title: video.title } }),
  );
  if (deleted === undefined) return;
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'deleted' });
  await Promise.all([deliver(services, deleted.released), undeliver(services, deleted.queued)]);
  if (video.uploadId === null) return;
  try {
    await abandonUpload(services, video.uploadId, 'canceled');
  } catch (error) {
    log.warn({ err: error, upload_id: video.uploadId }, 'The upload of a deleted video could not be ended yet');
  }
}

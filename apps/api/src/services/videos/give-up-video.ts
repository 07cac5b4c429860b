import { deleteVideo, type Transaction, type Video } from '@transcode/db';
import { deliver, undeliver } from '@transcode/queue';
import { measure } from '@transcode/telemetry';
import type { Services } from '../../context.ts';
import { abandonUpload } from '../../upload/index.ts';

/**
 * At once nobody sees or plays it any more, and what is being done with it stops; a worker removes the objects. What cannot be done
 * just now the reconciler does: the video is deleted all the same. `also` is written with it.
 */
export async function giveUpVideo(
  services: Services,
  { id, workspaceId, uploadId }: Pick<Video, 'id' | 'workspaceId' | 'uploadId'>,
  also: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const { db, events, log } = services;
  const deleted = await deleteVideo(db, id, also);
  if (deleted === undefined) return;
  measure.count('jobsEndedTotal', { outcome: 'canceled', cause: 'none' }, deleted.canceledJobs);
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'deleted' });
  await Promise.all([deliver(services, deleted.released), undeliver(services, deleted.queued)]);
  if (uploadId === null) return;
  try {
    await abandonUpload(services, uploadId, 'canceled');
  } catch (error) {
    log.warn({ err: error, upload_id: uploadId }, 'The upload of a deleted video could not be ended yet');
  }
}

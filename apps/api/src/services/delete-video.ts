import { cancelJob, createEraseJob } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { abandonUpload } from '../upload/index.ts';
import { audit } from './audit.ts';
import { deliver } from './deliver.ts';
import { findVideo } from './find-video.ts';

/** At once nobody sees or plays it any more; a worker removes the objects. */
export async function deleteVideo(context: SignedInContext, id: string): Promise<void> {
  const video = await findVideo(context, id);
  const { db, events } = context.services;
  const { workspaceId } = video;
  const { released, upload } = await db.$transaction(async (tx) => {
    await tx.video.update({ where: { id }, data: { state: 'deleted', deletedAt: new Date() } });
    const open = await tx.job.findMany({ where: { videoId: id, state: { in: ['queued', 'running'] } } });
    for (const job of open) await cancelJob(tx, job.id);
    const details = { title: video.title };
    await audit(tx, context.identity, { action: 'video.delete', target: id, workspaceId, details });
    return {
      released: (await createEraseJob(tx, { video })).released,
      upload: video.uploadId === null ? null : await tx.upload.findUnique({ where: { id: video.uploadId } }),
    };
  });
  await deliver(context.services, released);
  if (upload?.state === 'receiving') await abandonUpload(context.services, upload.id, 'canceled');
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'deleted' });
}

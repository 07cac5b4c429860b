import { TranscodeError } from '@transcode/contracts';
import type { JobView } from '@transcode/contracts';
import { cancelJob as cancelInDatabase } from '@transcode/db';
import { undeliver } from '@transcode/queue';
import type { SignedInContext } from '../context.ts';
import { audit } from './audit.ts';
import { getJob } from './get-job.ts';

/** Workers that are at it hear of it and kill their ffmpeg; with Redis away, at their next renewal. */
export async function cancelJob(context: SignedInContext, id: string): Promise<JobView> {
  const { state, videoId } = await getJob(context, id);
  if (state !== 'queued' && state !== 'running') {
    throw new TranscodeError('conflict', { reason: `The job is already ${state}` });
  }
  const { db, events } = context.services;
  const { video, queued } = await db.$transaction(async (tx) => {
    const { queued: useless } = await cancelInDatabase(tx, id);
    const after = await tx.video.findUniqueOrThrow({ where: { id: videoId } });
    await audit(tx, context.identity, { action: 'job.cancel', target: id, workspaceId: after.workspaceId });
    return { video: after, queued: useless };
  });
  const job = await getJob(context, id);
  events.publish({ type: 'job', workspaceId: video.workspaceId, videoId, jobId: id, state: job.state });
  events.publish({ type: 'video', workspaceId: video.workspaceId, videoId, state: video.state });
  await undeliver(context.services, queued);
  return job;
}

import { TranscodeError } from '@transcode/contracts';
import type { JobView } from '@transcode/contracts';
import { createJob, findPreset } from '@transcode/db';
import { deliver } from '@transcode/queue';
import type { SignedInContext } from '../context.ts';
import { audit } from './audit.ts';
import { findVideo } from './find-video.ts';
import { getJob } from './get-job.ts';

/** The journey once more, from the start, for a video whose last one ended badly. */
export async function retryVideo(
  context: SignedInContext,
  { id, preset: wanted }: { id: string; preset?: string | undefined },
): Promise<JobView> {
  const video = await findVideo(context, id);
  const { db, events } = context.services;
  const { workspaceId } = video;
  const preset = wanted ?? video.preset;
  if ((await findPreset(db, workspaceId, preset)) === undefined) {
    throw new TranscodeError('conflict', { reason: `There is no preset “${preset}” any more. Choose another` });
  }
  const { job, released } = await db.$transaction(async (tx) => {
    // The row is locked, so that of two people who press the button at once only one starts a job.
    const claimed = await tx.video.updateMany({
      where: { id, state: { in: ['failed', 'canceled'] }, jobs: { some: {} } },
      data: { state: 'processing', preset, failureCode: null, failureText: null, failureTail: null },
    });
    if (claimed.count === 0) {
      throw new TranscodeError('conflict', {
        reason: 'Only a failed or canceled video whose upload is whole can be tried again',
      });
    }
    const last = await tx.job.findFirstOrThrow({ where: { videoId: id }, orderBy: { id: 'desc' } });
    const created = await createJob(tx, { video, preset, priority: last.priority });
    await audit(tx, context.identity, {
      action: 'video.retry',
      target: id,
      workspaceId,
      details: {
        ...{ name: video.title, job: created.job.id },
        ...(preset === video.preset ? {} : { before: { preset: video.preset }, after: { preset } }),
      },
    });
    return created;
  });
  await deliver(context.services, released);
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'processing' });
  events.publish({ type: 'job', workspaceId, videoId: id, jobId: job.id, state: job.state });
  return getJob(context, job.id);
}

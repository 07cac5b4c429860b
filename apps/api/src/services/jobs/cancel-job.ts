import { TranscodeError } from '@transcode/contracts';
import type { BulkOutcome, JobView } from '@transcode/contracts';
import { cancelJob as cancelInDatabase } from '@transcode/db';
import { undeliver } from '@transcode/queue';
import { measure } from '@transcode/telemetry';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { forSelectedJobs } from './for-selected-jobs.ts';
import { getJob } from './get-job.ts';
import type { JobSelection } from './job-selection.ts';

/** Workers that are at it hear of it and kill their ffmpeg; with Redis away, at their next renewal. */
export async function cancelJob(context: SignedInContext, id: string): Promise<JobView> {
  const { state } = await getJob(context, id);
  if (state !== 'queued' && state !== 'running') {
    throw new TranscodeError('conflict', { reason: `The job is already ${state}` });
  }
  await endAsCanceled(context, id);
  return getJob(context, id);
}

export function cancelJobs(context: SignedInContext, selection: JobSelection): Promise<BulkOutcome> {
  return forSelectedJobs(context, selection, {
    states: ['queued', 'running'],
    act: (id) => endAsCanceled(context, id),
  });
}

/** False: it had ended. */
async function endAsCanceled({ services, identity }: SignedInContext, id: string): Promise<boolean> {
  const { db, events } = services;
  const ended = await db.$transaction(async (tx) => {
    const { canceled, queued } = await cancelInDatabase(tx, id);
    if (!canceled) return undefined;
    const { video } = await tx.job.findUniqueOrThrow({ where: { id }, select: { video: true } });
    const details = { name: video.title, video: video.id };
    await audit(tx, identity, { action: 'job.cancel', target: id, workspaceId: video.workspaceId, details });
    return { video, queued };
  });
  if (ended === undefined) return false;
  measure.count('jobsEndedTotal', { outcome: 'canceled', cause: 'none' });
  const { workspaceId, id: videoId, state } = ended.video;
  events.publish({ type: 'job', workspaceId, videoId, jobId: id, state: 'canceled' });
  events.publish({ type: 'video', workspaceId, videoId, state });
  await undeliver(services, ended.queued);
  return true;
}

import { TranscodeError } from '@transcode/contracts';
import type { BulkOutcome, JobView } from '@transcode/contracts';
import { createJob, findPreset, type Video } from '@transcode/db';
import { deliver } from '@transcode/queue';
import { currentTraceparent, measure } from '@transcode/telemetry';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from './find-video.ts';
import { forSelectedJobs } from '../jobs/for-selected-jobs.ts';
import { getJob } from '../jobs/get-job.ts';
import type { JobSelection } from '../jobs/job-selection.ts';

/** The journey once more, from the start, for a video whose last one ended badly. */
export async function retryVideo(
  context: SignedInContext,
  { id, preset }: { id: string; preset?: string | undefined },
): Promise<JobView> {
  const video = await findVideo(context, id);
  await demandPreset(context, video, preset);
  const jobId = await startAgain(context, video, preset);
  if (jobId === undefined) {
    throw new TranscodeError('conflict', {
      reason: 'Only a failed or canceled video whose upload is whole can be tried again',
    });
  }
  return getJob(context, jobId);
}

/** The same for the videos of jobs, where the job is the last that was tried. */
export function retryJobs(context: SignedInContext, selection: JobSelection): Promise<BulkOutcome> {
  const { db } = context.services;
  return forSelectedJobs(context, selection, {
    states: ['failed', 'canceled'],
    among: async (ids) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT j."id" FROM "Job" j JOIN "Video" v ON v."id" = j."videoId"
        WHERE j."id" = ANY (${[...ids]}::uuid[]) AND v."state" IN ('failed', 'canceled')
          AND NOT EXISTS (SELECT 1 FROM "Job" later WHERE later."videoId" = v."id" AND later."id" > j."id")
        ORDER BY j."id" DESC`;
      return rows.map(({ id }) => id);
    },
    act: async (id) => {
      const { video } = await db.job.findUniqueOrThrow({ where: { id }, select: { video: true } });
      return (await startAgain(context, video)) !== undefined;
    },
  });
}

async function demandPreset({ services }: SignedInContext, video: Video, preset = video.preset): Promise<void> {
  if ((await findPreset(services.db, video.workspaceId, preset)) !== undefined) return;
  throw new TranscodeError('conflict', { reason: `There is no preset “${preset}” any more. Choose another` });
}

/** The new job's id; undefined: it did not end badly, its preset is gone, or somebody was quicker. */
async function startAgain(
  { services, request, identity }: SignedInContext,
  video: Video,
  preset = video.preset,
): Promise<string | undefined> {
  const { db, events } = services;
  const { id, workspaceId } = video;
  if ((await findPreset(db, workspaceId, preset)) === undefined) return undefined;
  const origin = { traceparent: currentTraceparent() ?? null, requestId: request.id };
  const begun = await db.$transaction(async (tx) => {
    // The row is locked, so that of two people who press the button at once only one starts a job.
    const claimed = await tx.video.updateMany({
      where: { id, state: { in: ['failed', 'canceled'] }, jobs: { some: {} } },
      data: { state: 'processing', preset, failureCode: null, failureText: null, failureTail: null },
    });
    if (claimed.count === 0) return undefined;
    const last = await tx.job.findFirstOrThrow({ where: { videoId: id }, orderBy: { id: 'desc' } });
    const created = await createJob(tx, { video, preset, priority: last.priority, origin });
    const changed = preset === video.preset ? {} : { before: { preset: video.preset }, after: { preset } };
    const details = { name: video.title, job: created.job.id, ...changed };
    await audit(tx, identity, { action: 'video.retry', target: id, workspaceId, details });
    return created;
  });
  if (begun === undefined) return undefined;
  measure.count('jobsCreatedTotal', { trigger: 'retry', priority: begun.job.priority });
  await deliver(services, begun.released);
  events.publish({ type: 'video', workspaceId, videoId: id, state: 'processing' });
  events.publish({ type: 'job', workspaceId, videoId: id, jobId: begun.job.id, state: begun.job.state });
  return begun.job.id;
}

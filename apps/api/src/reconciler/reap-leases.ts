import { LEASE_RENEW_MS } from '@transcode/contracts';
import { reapExpiredLeases } from '@transcode/db';
import { deliver } from '@transcode/queue';
import { measure } from '@transcode/telemetry';
import type { Services } from '../context.ts';
import type { Step } from './step.ts';

/** While the database was away nobody could renew a lease: once it is back, every worker that lives has done so within this. */
const RENEWED_MS = LEASE_RENEW_MS + 1_000;

/** Queues the tasks of workers that went silent again, and tells of the jobs that have seen too many of them. */
export function reapLeases(services: Services, database: { readonly steadyMs: number }): Step['run'] {
  const { db, log } = services;
  return async () => {
    if (database.steadyMs < RENEWED_MS) return;
    const { released, failedJobIds } = await reapExpiredLeases(db);
    if (released.length > 0) {
      log.warn({ tasks: released.map((task) => task.id) }, 'Tasks of workers that went silent are queued again');
      await deliver(services, released);
    }
    if (failedJobIds.length > 0) await tellFailed(services, failedJobIds);
  };
}

/** The worker that would have told is gone; so others who work on such a job hear of it. */
async function tellFailed({ db, events, log }: Services, jobIds: string[]): Promise<void> {
  for (const job of await db.job.findMany({ where: { id: { in: jobIds } }, include: { video: true } })) {
    const { id: jobId, videoId, workspaceId, state, video } = job;
    measure.count('jobsEndedTotal', { outcome: 'failed', cause: 'infra' });
    log.error({ job_id: jobId, video_id: videoId }, 'A job failed: workers kept dying on it');
    events.publish({ type: 'job', workspaceId, videoId, jobId, state });
    events.publish({ type: 'video', workspaceId, videoId, state: video.state });
  }
}

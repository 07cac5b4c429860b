import { roleAtLeast, type JobPage } from '@transcode/contracts';
import type { Job } from '@transcode/db';
import { traceIdOf } from '@transcode/telemetry';
import type { Services, SignedInContext } from '../../context.ts';
import type { Identity } from '../../identity/principal.ts';
import { attemptViews } from '../../views/attempt-view.ts';
import { jobDetail } from '../../views/job-view.ts';
import { JOB_ROWS } from '../../views/video-rows.ts';
import { findWaitReasons } from './find-wait-reasons.ts';
import { readJobDeeds } from '../audit/read-deeds.ts';
import { found, visibleTo } from '../workspaces/visible.ts';

export async function getJob({ services, identity }: SignedInContext, id: string): Promise<JobPage> {
  const { db, estimator } = services;
  const job = found(
    await db.job.findFirst({ where: { id, ...visibleTo(identity), videoDeleted: false }, include: JOB_ROWS }),
    'job',
  );
  const [history, waiting, deeds, outlook] = await Promise.all([
    db.taskAttempt.findMany({ where: { task: { jobId: id } }, orderBy: [{ startedAt: 'asc' }, { taskId: 'asc' }] }),
    findWaitReasons(db, job),
    readJobDeeds(db, job),
    estimator.ofJob(job),
  ]);
  const attempts = attemptViews(job.tasks, history, identity);
  return { ...jobDetail(job, identity), attempts, waiting, deeds, outlook, trace: traceOf(job, services, identity) };
}

/** It tells of machines, and so to those who run them. */
function traceOf({ traceparent }: Job, { traceUrl }: Services, { role }: Identity): JobPage['trace'] {
  const id = traceIdOf(traceparent);
  if (id === undefined || !roleAtLeast(role, 'operator')) return null;
  return { id, url: traceUrl?.replace('{trace_id}', id) ?? null };
}

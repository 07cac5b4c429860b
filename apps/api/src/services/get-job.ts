import type { JobPage } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { attemptViews } from '../views/attempt-view.ts';
import { jobDetail } from '../views/job-view.ts';
import { JOB_ROWS } from '../views/video-rows.ts';
import { findWaitReasons } from './find-wait-reasons.ts';
import { found, visibleTo } from './visible.ts';

export async function getJob({ services, identity }: SignedInContext, id: string): Promise<JobPage> {
  const { db } = services;
  const job = found(
    await db.job.findFirst({ where: { id, ...visibleTo(identity), videoDeleted: false }, include: JOB_ROWS }),
    'job',
  );
  const [history, waiting] = await Promise.all([
    db.taskAttempt.findMany({ where: { task: { jobId: id } }, orderBy: [{ startedAt: 'asc' }, { taskId: 'asc' }] }),
    findWaitReasons(db, job),
  ]);
  return { ...jobDetail(job), attempts: attemptViews(job.tasks, history), waiting };
}

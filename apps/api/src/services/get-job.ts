import type { JobDetail } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { jobDetail } from '../views/job-view.ts';
import { JOB_ROWS } from '../views/video-rows.ts';
import { found, visibleTo } from './visible.ts';

export async function getJob({ services, identity }: SignedInContext, id: string): Promise<JobDetail> {
  const job = await services.db.job.findFirst({
    where: { id, ...visibleTo(identity), video: { state: { not: 'deleted' } } },
    include: JOB_ROWS,
  });
  return jobDetail(found(job, 'job'));
}

import type { JobState, JobView } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { jobView } from '../views/job-view.ts';
import { JOB_ROWS } from '../views/video-rows.ts';
import { toPage } from './page.ts';
import { visibleTo } from './visible.ts';

export interface JobFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: readonly JobState[] | undefined;
}

export async function listJobs(
  { services, identity }: SignedInContext,
  { cursor, limit, state }: JobFilter,
): Promise<{ items: JobView[]; nextCursor: string | null }> {
  const rows = await services.db.job.findMany({
    where: {
      ...visibleTo(identity),
      video: { state: { not: 'deleted' } },
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(state === undefined ? {} : { state: { in: [...state] } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: JOB_ROWS,
  });
  const page = toPage(rows, limit);
  return { items: page.items.map((job) => jobView(job)), nextCursor: page.nextCursor };
}

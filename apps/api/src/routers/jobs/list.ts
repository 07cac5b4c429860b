import { JobItem, PAGE_MAX } from '@transcode/contracts';
import * as z from 'zod';
import { JobFilterInput } from '../../services/job-filter.ts';
import { listJobs } from '../../services/list-jobs.ts';
import { oneOrMore } from '../../services/one-or-more.ts';
import { pageOf, PageInput } from '../../services/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend(JobFilterInput.shape).extend({
  /** These and no others, whatever else is asked for. */
  ids: oneOrMore(z.uuid())
    .refine((ids) => ids.length <= PAGE_MAX, `At most ${PAGE_MAX} ids`)
    .optional(),
});

export const list = procedure
  .meta({
    role: 'viewer',
    rest: {
      method: 'GET',
      path: '/jobs',
      status: 200,
      summary: 'Jobs, newest first. A page of a search may be short, or empty, and not be the last: nextCursor says',
    },
  })
  .input(Input.prefault({}))
  .output(pageOf(JobItem))
  .query(({ ctx, input }) => listJobs(ctx, input));

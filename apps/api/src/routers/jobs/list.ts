import { JobItem, PAGE_MAX } from '@transcode/contracts';
import * as z from 'zod';
import { orKept } from '../../rest/kept-answers.ts';
import { JobFilterInput } from '../../services/jobs/job-filter.ts';
import { listJobs } from '../../services/jobs/list-jobs.ts';
import { oneOrMore } from '../../services/lists/one-or-more.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend(JobFilterInput.shape).extend({
  /** These and no others, whatever else is asked for. */
  ids: oneOrMore(z.uuid(), PAGE_MAX).optional(),
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
  .output(pageOf(orKept(JobItem)))
  .query(({ ctx, input }) => listJobs(ctx, input));

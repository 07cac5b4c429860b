import { JobState, JobView } from '@transcode/contracts';
import { listJobs } from '../../services/list-jobs.ts';
import { oneOrMore } from '../../services/one-or-more.ts';
import { pageOf, PageInput } from '../../services/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({ state: oneOrMore(JobState).optional() });

export const list = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/jobs', status: 200, summary: 'Jobs, newest first' } })
  .input(Input.prefault({}))
  .output(pageOf(JobView))
  .query(({ ctx, input }) => listJobs(ctx, input));

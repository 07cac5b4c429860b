import { FailureCause } from '@transcode/contracts';
import * as z from 'zod';
import { listFailures } from '../../services/jobs/list-failures.ts';
import { procedure } from '../../trpc.ts';

const MOST_HOURS = 24 * 366;

export const failures = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/queues/failures',
      status: 200,
      summary: 'Jobs that have failed in the last hours, by cause, each with the last of them',
    },
  })
  .input(z.object({ hours: z.int().min(1).max(MOST_HOURS).default(24) }))
  .output(z.object({ items: z.array(FailureCause) }))
  .query(({ ctx, input }) => listFailures(ctx, input));

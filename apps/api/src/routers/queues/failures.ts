import { FailureCause } from '@transcode/contracts';
import * as z from 'zod';
import { listFailures } from '../../services/list-failures.ts';
import { procedure } from '../../trpc.ts';

export const failures = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/queues/failures',
      status: 200,
      summary: 'Jobs that have failed since a moment, by cause, each with the last of them',
    },
  })
  .input(z.object({ since: z.iso.datetime() }))
  .output(z.object({ items: z.array(FailureCause) }))
  .query(({ ctx, input }) => listFailures(ctx, { since: new Date(input.since) }));

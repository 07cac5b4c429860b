import { JobPage } from '@transcode/contracts';
import * as z from 'zod';
import { getJob } from '../../services/jobs/get-job.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'viewer',
    rest: {
      method: 'GET',
      path: '/jobs/{id}',
      status: 200,
      summary: 'One job with its plan, its tasks, their commands, every attempt at them, and what they wait for',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(JobPage)
  .query(({ ctx, input }) => getJob(ctx, input.id));

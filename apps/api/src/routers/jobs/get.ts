import { JobDetail } from '@transcode/contracts';
import * as z from 'zod';
import { getJob } from '../../services/get-job.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'viewer',
    rest: {
      method: 'GET',
      path: '/jobs/{id}',
      status: 200,
      summary: 'One job with its plan, its tasks and their commands',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(JobDetail)
  .query(({ ctx, input }) => getJob(ctx, input.id));

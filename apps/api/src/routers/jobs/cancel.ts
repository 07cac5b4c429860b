import { JobView } from '@transcode/contracts';
import * as z from 'zod';
import { cancelJob } from '../../services/jobs/cancel-job.ts';
import { procedure } from '../../trpc.ts';

export const cancel = procedure
  .meta({
    role: 'editor',
    rest: { method: 'POST', path: '/jobs/{id}/cancel', status: 200, summary: 'Cancel a job' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(JobView)
  .mutation(({ ctx, input }) => cancelJob(ctx, input.id));

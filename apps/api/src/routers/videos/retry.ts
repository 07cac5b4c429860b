import { atMost, JobView, Text } from '@transcode/contracts';
import * as z from 'zod';
import { retryVideo } from '../../services/videos/retry-video.ts';
import { procedure } from '../../trpc.ts';

export const retry = procedure
  .meta({
    role: 'editor',
    rest: { method: 'POST', path: '/videos/{id}/retry', status: 201, summary: 'Start a failed video again' },
  })
  .input(
    z.object({
      id: z.uuid(),
      /** The one it was uploaded with, where absent. */
      preset: Text.check(atMost(63)).optional(),
    }),
  )
  .output(JobView)
  .mutation(({ ctx, input }) => retryVideo(ctx, input));

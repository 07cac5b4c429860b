import { JobLogPage } from '@transcode/contracts';
import * as z from 'zod';
import { readJobLog } from '../../services/read-job-log.ts';
import { procedure } from '../../trpc.ts';

export const log = procedure
  .meta({
    role: 'viewer',
    rest: {
      method: 'GET',
      path: '/jobs/{id}/log',
      status: 200,
      summary: 'What workers said about a job in the last 24 hours, oldest first. Pass next as after for what follows',
    },
  })
  .input(
    z.object({
      id: z.uuid(),
      after: z
        .string()
        .regex(/^\d+-\d+$/)
        .optional(),
    }),
  )
  .output(JobLogPage)
  .query(({ ctx, input }) => readJobLog(ctx, input));

import { JobLogPage, Text } from '@transcode/contracts';
import * as z from 'zod';
import { readJobLog } from '../../services/jobs/read-job-log.ts';
import { procedure } from '../../trpc.ts';

/** As Redis numbers what is in a stream; larger numbers than it knows are none of its. */
const PLACE = /^[0-9]{1,19}-[0-9]{1,19}$/;

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
      after: Text.regex(PLACE).optional(),
    }),
  )
  .output(JobLogPage)
  .query(({ ctx, input }) => readJobLog(ctx, input));

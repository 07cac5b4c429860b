import { QueueView } from '@transcode/contracts';
import * as z from 'zod';
import { getQueues } from '../../services/fleet/get-queues.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/queues',
      status: 200,
      summary: 'Backlog, rate, wait and stops of each class of work',
    },
  })
  .output(z.object({ items: z.array(QueueView) }))
  .query(({ ctx }) => getQueues(ctx));

import { QueuedTaskView, TaskClass } from '@transcode/contracts';
import * as z from 'zod';
import { listNextTasks } from '../../services/fleet/list-next-tasks.ts';
import { procedure } from '../../trpc.ts';

export const next = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/queues/{class}/next',
      status: 200,
      summary: 'The tasks that are first in line of a class',
    },
  })
  .input(z.object({ class: TaskClass, limit: z.int().min(1).max(100).default(20) }))
  .output(z.object({ items: z.array(QueuedTaskView) }))
  .query(({ ctx, input }) => listNextTasks(ctx, input));

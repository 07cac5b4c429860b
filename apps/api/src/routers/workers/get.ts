import { WorkerDetail } from '@transcode/contracts';
import * as z from 'zod';
import { getWorker } from '../../services/list-workers.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/workers/{id}', status: 200, summary: 'One worker, with its last hour' },
  })
  .input(z.object({ id: z.string().min(1).max(120) }))
  .output(WorkerDetail)
  .query(({ ctx, input }) => getWorker(ctx, input.id));

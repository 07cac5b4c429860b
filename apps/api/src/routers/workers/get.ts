import { atMost, Text, WorkerDetail } from '@transcode/contracts';
import * as z from 'zod';
import { getWorker } from '../../services/fleet/list-workers.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/workers/{id}', status: 200, summary: 'One worker, with its last hour' },
  })
  .input(z.object({ id: Text.min(1).check(atMost(120)) }))
  .output(WorkerDetail)
  .query(({ ctx, input }) => getWorker(ctx, input.id));

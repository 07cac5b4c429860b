import { GpuHistory } from '@transcode/contracts';
import * as z from 'zod';
import { gpuHistory } from '../../services/list-gpus.ts';
import { procedure } from '../../trpc.ts';

export const history = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/gpus/{uuid}/history', status: 200, summary: 'The last hour of one GPU' },
  })
  .input(z.object({ uuid: z.string().min(1).max(200) }))
  .output(GpuHistory)
  .query(({ ctx, input }) => gpuHistory(ctx, input.uuid));

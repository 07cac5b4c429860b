import { atMost, GpuHistory, Text } from '@transcode/contracts';
import * as z from 'zod';
import { gpuHistory } from '../../services/fleet/list-gpus.ts';
import { procedure } from '../../trpc.ts';

export const history = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/gpus/{uuid}/history', status: 200, summary: 'The last hour of one GPU' },
  })
  .input(z.object({ uuid: Text.min(1).check(atMost(200)) }))
  .output(GpuHistory)
  .query(({ ctx, input }) => gpuHistory(ctx, input.uuid));

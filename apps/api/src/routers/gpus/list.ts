import { GpuList } from '@transcode/contracts';
import { listGpus } from '../../services/fleet/list-gpus.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/gpus', status: 200, summary: 'GPUs of the workers’ machines, and what runs there' },
  })
  .output(GpuList)
  .query(({ ctx }) => listGpus(ctx));

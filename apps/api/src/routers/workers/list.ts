import { ControlView, WorkerView } from '@transcode/contracts';
import * as z from 'zod';
import { listWorkers } from '../../services/fleet/list-workers.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/workers', status: 200, summary: 'Workers, what they do, and what has been stopped' },
  })
  .output(z.object({ items: z.array(WorkerView), controls: z.array(ControlView) }))
  .query(({ ctx }) => listWorkers(ctx));

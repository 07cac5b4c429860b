import { ControlView, WorkScope } from '@transcode/contracts';
import * as z from 'zod';
import { controlWork } from '../../services/fleet/control-work.ts';
import { procedure } from '../../trpc.ts';

export const drain = procedure
  .meta({
    role: 'operator',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/workers/drain',
      status: 200,
      summary: 'Take no new tasks, and hand back what does not end within the drain deadline',
    },
  })
  .input(z.object({ scope: WorkScope }))
  .output(ControlView)
  .mutation(({ ctx, input }) => controlWork(ctx, { scope: input.scope, state: 'draining' }));

import { ControlView, WorkScope } from '@transcode/contracts';
import * as z from 'zod';
import { controlWork } from '../../services/fleet/control-work.ts';
import { procedure } from '../../trpc.ts';

export const pause = procedure
  .meta({
    role: 'operator',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/workers/pause',
      status: 200,
      summary: 'Take no new tasks; what runs goes on. The scope is all, class:<class> or worker:<id>',
    },
  })
  .input(z.object({ scope: WorkScope }))
  .output(ControlView)
  .mutation(({ ctx, input }) => controlWork(ctx, { scope: input.scope, state: 'paused' }));

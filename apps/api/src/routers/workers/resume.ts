import { WorkScope } from '@transcode/contracts';
import * as z from 'zod';
import { resumeWork } from '../../services/fleet/control-work.ts';
import { procedure } from '../../trpc.ts';

export const resume = procedure
  .meta({
    role: 'operator',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/workers/resume',
      status: 204,
      summary: 'Undo a pause or a drain of the same scope',
    },
  })
  .input(z.object({ scope: WorkScope }))
  .output(z.void())
  .mutation(({ ctx, input }) => resumeWork(ctx, input.scope));

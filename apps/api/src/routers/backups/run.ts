import { OperationView, ScheduledOperationKind } from '@transcode/contracts';
import * as z from 'zod';
import { askFor } from '../../services/operations/ask-for.ts';
import { procedure } from '../../trpc.ts';

export const run = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/backups/run',
      status: 200,
      summary: 'Have a backup made, or a drill held, now; while one is under way that one is answered',
    },
  })
  .input(z.object({ kind: ScheduledOperationKind.default('backup') }))
  .output(OperationView)
  .mutation(({ ctx, input }) => askFor(ctx, { kind: input.kind }));

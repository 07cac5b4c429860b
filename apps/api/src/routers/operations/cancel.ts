import { OperationView } from '@transcode/contracts';
import * as z from 'zod';
import { cancelOperation } from '../../services/operations/cancel-operation.ts';
import { procedure } from '../../trpc.ts';

export const cancel = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/operations/{id}/cancel',
      status: 200,
      summary: 'Stop a backup, a drill or a restore that waits or runs',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(OperationView)
  .mutation(({ ctx, input }) => cancelOperation(ctx, input.id));

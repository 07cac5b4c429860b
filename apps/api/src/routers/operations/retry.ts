import { OperationView } from '@transcode/contracts';
import * as z from 'zod';
import { retryOperation } from '../../services/operations/retry-operation.ts';
import { procedure } from '../../trpc.ts';

export const retry = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/operations/{id}/retry',
      status: 200,
      summary: 'Have what failed or was stopped done once more; answers with the new one',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(OperationView)
  .mutation(({ ctx, input }) => retryOperation(ctx, input.id));

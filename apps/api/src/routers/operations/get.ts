import { OperationView } from '@transcode/contracts';
import * as z from 'zod';
import { readOperation } from '../../services/operations/read-operation.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'GET',
      path: '/operations/{id}',
      status: 200,
      summary: 'One backup, drill or restore: which steps it made, and what it found',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(OperationView)
  .query(({ ctx, input }) => readOperation(ctx, input.id));

import { ErasureView } from '@transcode/contracts';
import * as z from 'zod';
import { readErasure } from '../../services/erasures/erasures.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: { method: 'GET', path: '/erasures/{id}', status: 200, summary: 'The receipt of one erasure' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(ErasureView)
  .query(({ ctx, input }) => readErasure(ctx, input.id));

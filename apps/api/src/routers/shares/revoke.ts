import * as z from 'zod';
import { revokeShare } from '../../services/shares/shares.ts';
import { procedure } from '../../trpc.ts';

export const revoke = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/shares/{id}', status: 204, summary: 'Withdraw a share link' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => revokeShare(ctx, input.id));

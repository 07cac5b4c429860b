import * as z from 'zod';
import { revokeKey } from '../../services/keys/keys.ts';
import { procedure } from '../../trpc.ts';

export const revoke = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/keys/{id}', status: 204, summary: 'Revoke an API key' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => revokeKey(ctx, input.id));

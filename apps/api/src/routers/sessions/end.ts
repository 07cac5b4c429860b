import * as z from 'zod';
import { endSession } from '../../services/sessions/sessions.ts';
import { procedure } from '../../trpc.ts';

export const end = procedure
  .meta({
    role: 'viewer',
    person: true,
    rest: {
      method: 'DELETE',
      path: '/sessions/{id}',
      status: 204,
      summary: 'End one of your sessions',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => endSession(ctx, input.id));

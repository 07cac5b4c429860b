import * as z from 'zod';
import { resetPassword as toReset } from '../../services/people/reset-password.ts';
import { procedure } from '../../trpc.ts';

export const resetPassword = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/reset-password',
      status: 200,
      summary: 'Give an account a one-time password, shown this once',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.object({ password: z.string() }))
  .mutation(({ ctx, input }) => toReset(ctx, input.id));

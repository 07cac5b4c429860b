import { UserView } from '@transcode/contracts';
import * as z from 'zod';
import { enableUser } from '../../services/people/enable-user.ts';
import { procedure } from '../../trpc.ts';

export const enable = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/enable',
      status: 200,
      summary: 'Let an account in again',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(UserView)
  .mutation(({ ctx, input }) => enableUser(ctx, input.id));

import { UserView } from '@transcode/contracts';
import * as z from 'zod';
import { disableUser } from '../../services/people/disable-user.ts';
import { procedure } from '../../trpc.ts';

export const disable = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/disable',
      status: 200,
      summary: 'Shut an account out and end its sessions',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(UserView)
  .mutation(({ ctx, input }) => disableUser(ctx, input.id));

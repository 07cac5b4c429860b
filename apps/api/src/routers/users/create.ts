import { Role, UserView } from '@transcode/contracts';
import * as z from 'zod';
import { createUser } from '../../services/create-user.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  email: z.email('Enter an e-mail address').max(320),
  name: z.string().trim().min(1, 'Enter a name').max(100),
  role: Role,
  workspaceIds: z.array(z.uuid()).max(1_000),
});

export const create = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/users',
      status: 201,
      summary: 'Make an account; its one-time password is shown this once',
    },
  })
  .input(Input)
  .output(UserView.extend({ password: z.string() }))
  .mutation(({ ctx, input }) => createUser(ctx, input));

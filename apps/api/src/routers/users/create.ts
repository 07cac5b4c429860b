import { atMost, Line, Role, UserView } from '@transcode/contracts';
import * as z from 'zod';
import { createUser } from '../../services/people/create-user.ts';
import { EmailAddress } from '../../services/people/email-address.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  email: EmailAddress,
  name: Line.check(atMost(100)).trim().min(1, 'Enter a name'),
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

import { atMost, Line, Role, UserView } from '@transcode/contracts';
import * as z from 'zod';
import { updateUser } from '../../services/people/update-user.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  id: z.uuid(),
  name: Line.check(atMost(100)).trim().min(1, 'Enter a name').optional(),
  role: Role.optional(),
  workspaceIds: z.array(z.uuid()).max(1_000).optional(),
});

export const update = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'PATCH',
      path: '/users/{id}',
      status: 200,
      summary: 'Change name, role or workspaces of an account',
    },
  })
  .input(Input)
  .output(UserView)
  .mutation(({ ctx, input }) => updateUser(ctx, input));

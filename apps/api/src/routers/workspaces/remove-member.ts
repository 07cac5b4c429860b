import * as z from 'zod';
import { removeMember as toRemove } from '../../services/workspaces/membership.ts';
import { procedure } from '../../trpc.ts';

export const removeMember = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/members/{userId}',
      status: 204,
      summary: 'Take somebody out of a workspace',
    },
  })
  .input(z.object({ workspaceId: z.uuid(), userId: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => toRemove(ctx, input));

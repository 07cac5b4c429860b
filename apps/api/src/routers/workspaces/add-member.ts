import * as z from 'zod';
import { addMember as toAdd } from '../../services/workspaces/membership.ts';
import { procedure } from '../../trpc.ts';

export const addMember = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/workspaces/{workspaceId}/members',
      status: 204,
      summary: 'Let somebody into a workspace',
    },
  })
  .input(z.object({ workspaceId: z.uuid(), userId: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => toAdd(ctx, input));

import { atMost, Line, WorkspaceView } from '@transcode/contracts';
import * as z from 'zod';
import { createWorkspace } from '../../services/workspaces/workspaces.ts';
import { procedure } from '../../trpc.ts';

export const create = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/workspaces',
      status: 201,
      summary: 'Make a workspace',
    },
  })
  .input(z.object({ name: Line.check(atMost(100)).trim().min(1, 'Enter a name') }))
  .output(WorkspaceView)
  .mutation(({ ctx, input }) => createWorkspace(ctx, input.name));

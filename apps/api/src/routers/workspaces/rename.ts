import { atMost, Line, WorkspaceView } from '@transcode/contracts';
import * as z from 'zod';
import { renameWorkspace } from '../../services/workspaces/workspaces.ts';
import { procedure } from '../../trpc.ts';

export const rename = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'PATCH',
      path: '/workspaces/{id}',
      status: 200,
      summary: 'Rename a workspace',
    },
  })
  .input(z.object({ id: z.uuid(), name: Line.check(atMost(100)).trim().min(1, 'Enter a name') }))
  .output(WorkspaceView)
  .mutation(({ ctx, input }) => renameWorkspace(ctx, input));

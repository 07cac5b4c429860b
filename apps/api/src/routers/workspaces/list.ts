import { WorkspaceView } from '@transcode/contracts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { listWorkspaces } from '../../services/workspaces/workspaces.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'GET',
      path: '/workspaces',
      status: 200,
      summary: 'Workspaces and who belongs to them, newest first',
    },
  })
  .input(PageInput.prefault({}))
  .output(pageOf(WorkspaceView))
  .query(({ ctx, input }) => listWorkspaces(ctx, input));

import { atMost, ErasureView, Text } from '@transcode/contracts';
import * as z from 'zod';
import { eraseWorkspace } from '../../services/workspaces/erase-workspace.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  id: z.uuid(),
  /** Once more the name of the workspace. */
  confirm: Text.check(atMost(320)),
});

export const erase = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/workspaces/{id}/erase',
      status: 200,
      summary:
        'Begin to erase a workspace and all that is in it; answers with the receipt, which ends once nothing is left',
    },
  })
  .input(Input)
  .output(ErasureView)
  .mutation(({ ctx, input }) => eraseWorkspace(ctx, input));

import { atMost, KeyReach, KeyView, Line, Role } from '@transcode/contracts';
import * as z from 'zod';
import { createKey } from '../../services/keys/keys.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  name: Line.check(atMost(100)).trim().min(1),
  role: Role,
  /** `all` only by an administrator who is signed in. */
  reach: KeyReach.default('workspace'),
  /** A key's own workspace, else the first that one may see, where absent. */
  workspaceId: z.uuid().optional(),
});

export const create = procedure
  .meta({
    role: 'editor',
    rest: { method: 'POST', path: '/keys', status: 201, summary: 'Make an API key; it is shown this once' },
  })
  .input(Input)
  .output(KeyView.extend({ key: z.string() }))
  .mutation(({ ctx, input }) => createKey(ctx, input));

import { KeyView, Role } from '@transcode/contracts';
import * as z from 'zod';
import { createKey } from '../../services/keys.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  name: z.string().trim().min(1).max(100),
  role: Role,
  /** The first workspace one may see, where absent. */
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

import { atMost, Line } from '@transcode/contracts';
import * as z from 'zod';
import { deletePreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const remove = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/presets/{name}', status: 204, summary: 'Delete a preset that nothing waits for' },
  })
  .input(z.object({ name: Line.min(1).check(atMost(63)), workspaceId: z.uuid().optional() }))
  .output(z.void())
  .mutation(({ ctx, input }) => deletePreset(ctx, input));

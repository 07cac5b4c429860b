import { PresetInput, PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { updatePreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const update = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'PATCH',
      path: '/presets/{name}',
      status: 200,
      summary: 'Change a preset of one’s own; work that has begun is not changed by it',
    },
  })
  .input(PresetInput.extend({ workspaceId: z.uuid().optional() }))
  .output(PresetView)
  .mutation(({ ctx, input }) => updatePreset(ctx, input));

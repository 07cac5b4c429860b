import { Preset, PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { createPreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const create = procedure
  .meta({ role: 'editor', rest: { method: 'POST', path: '/presets', status: 201, summary: 'Make a preset' } })
  .input(
    Preset.extend({
      /** The first workspace one may see, where absent. */
      workspaceId: z.uuid().optional(),
    }),
  )
  .output(PresetView)
  .mutation(({ ctx, input }) => createPreset(ctx, input));

import { PresetInput, PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { createPreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const create = procedure
  .meta({ role: 'editor', rest: { method: 'POST', path: '/presets', status: 201, summary: 'Make a preset' } })
  .input(
    PresetInput.extend({
      /** Where absent: a key’s own, else the oldest that one belongs to, else the oldest that one may see. */
      workspaceId: z.uuid().optional(),
    }),
  )
  .output(PresetView)
  .mutation(({ ctx, input }) => createPreset(ctx, input));

import { PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { getPreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/presets/{name}', status: 200, summary: 'One preset' } })
  .input(z.object({ name: z.string().min(1).max(63) }))
  .output(PresetView)
  .query(({ ctx, input }) => getPreset(ctx, input.name));

import { PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { listPresets } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/presets', status: 200, summary: 'Presets' } })
  .output(z.object({ items: z.array(PresetView) }))
  .query(async ({ ctx }) => ({ items: await listPresets(ctx) }));

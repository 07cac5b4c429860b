import { atMost, Line, PresetView } from '@transcode/contracts';
import * as z from 'zod';
import { getPreset } from '../../services/presets.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  name: Line.min(1).check(atMost(63)),
  /** Where several workspaces have one of that name. */
  workspaceId: z.uuid().optional(),
});

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/presets/{name}', status: 200, summary: 'One preset' } })
  .input(Input)
  .output(PresetView)
  .query(({ ctx, input }) => getPreset(ctx, input));

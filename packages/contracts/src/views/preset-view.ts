import * as z from 'zod';
import { Preset } from '../media/preset.ts';

export const PresetView = Preset.extend({
  builtIn: z.boolean(),
  /** Whose it is; absent for a built-in one. */
  workspaceId: z.uuid().nullable(),
});
export type PresetView = z.infer<typeof PresetView>;

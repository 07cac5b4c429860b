import { BUILT_IN_PRESETS, Preset } from '@transcode/contracts';
import type { PresetView } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { found, visibleTo } from './visible.ts';

/** The built-in presets, then those of the workspaces one may see; an own one shadows the built-in of its name. */
export async function listPresets({ services, identity }: SignedInContext): Promise<PresetView[]> {
  const rows = await services.db.preset.findMany({ where: visibleTo(identity), orderBy: { name: 'asc' } });
  const own = rows.map((row) => ({ ...Preset.parse(row.definition), name: row.name, builtIn: false }));
  const names = new Set(own.map((preset) => preset.name));
  const builtIn = BUILT_IN_PRESETS.filter((preset) => !names.has(preset.name));
  return [...builtIn.map((preset) => ({ ...preset, builtIn: true })), ...own];
}

export async function getPreset(context: SignedInContext, name: string): Promise<PresetView> {
  const presets = await listPresets(context);
  return found(
    presets.find((preset) => preset.name === name),
    'preset',
  );
}

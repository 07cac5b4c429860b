import { BUILT_IN_PRESETS, Preset } from '@transcode/contracts';
import type { Database, Transaction } from './database.ts';

/** A workspace's own preset goes before a built-in one of the same name. */
export async function findPreset(
  db: Database | Transaction,
  workspaceId: string,
  name: string,
): Promise<Preset | undefined> {
  const own = await db.preset.findUnique({ where: { workspaceId_name: { workspaceId, name } } });
  if (own !== null) return Preset.parse(own.definition);
  return BUILT_IN_PRESETS.find((preset) => preset.name === name);
}

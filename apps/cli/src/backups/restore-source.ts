import { findBackup, findRoute, isGood, isOfBefore, withTime } from '@transcode/backup';
import type { ToolPaths } from '@transcode/servers';
import * as z from 'zod';
import { openDataFolder, type DataFolder } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import { ofBackup, type RestoreSource } from './bring-back.ts';
import { readIdentities, type BackupPlace } from './place.ts';
import type { Context } from '../context.ts';

export interface RestoreAbout {
  context: Context;
  folder: DataFolder;
  tools: ToolPaths;
  options: { identity?: string; to?: string; video?: string; workspace?: string };
  place: BackupPlace;
}

/** What is to be restored. That it is there is known by then. */
export async function findSource(
  { context, folder, tools, options, place: { store, settings } }: RestoreAbout,
  id: string | undefined,
  signal: AbortSignal,
): Promise<RestoreSource> {
  if (options.to === undefined) {
    const isWhole = options.video === undefined && options.workspace === undefined;
    const willDo = isWhole ? isGood : isOfBefore;
    return ofBackup(store, await findBackup(store, id, willDo));
  }
  if (id !== undefined) throw new Refusal('Name a backup, or a time by --to, but not both.');
  const time = timeIn(options.to);
  const route = await findRoute(store, time);
  const identities = await readIdentities(options.identity ?? settings.BACKUP_IDENTITY_FILE);
  const { version: product, say } = context;
  const engine = { store, bin: tools.postgresBin, scratch: folder.restored, identities, product, say, signal };
  return {
    what: `the time ${time.toISOString()}`,
    withBackup: async (use) => {
      // It is recovered in there, also where nothing is to change.
      await openDataFolder(folder);
      return withTime(engine, { route, time }, use);
    },
  };
}

function timeIn(text: string): Date {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  if (parsed.success) return new Date(parsed.data);
  throw new Refusal(`--to takes a time with its zone, such as 2026-11-30T16:00:00Z, and ${text} is none.`);
}

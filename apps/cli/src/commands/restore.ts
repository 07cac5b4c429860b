import { findBackup, findRoute, withTime } from '@transcode/backup';
import { findTools, type ToolPaths } from '@transcode/servers';
import * as z from 'zod';
import { bringBack, ofBackup, tellPlan, type RestoreSource } from '../backups/bring-back.ts';
import { readIdentities, withBackupPlace, type BackupPlace } from '../backups/place.ts';
import { hasDatabase, withOwnPostgres } from '../backups/with-database.ts';
import { dataFolderAt, openDataFolder, ownStorage, type DataFolder } from '../data-folder/data-folder.ts';
import { readLiveState } from '../data-folder/state.ts';
import { Refusal } from '../refusal.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';

export interface RestoreOptions {
  data: string;
  store?: string;
  storage?: string;
  identity?: string;
  to?: string;
  dryRun?: boolean;
  replace?: boolean;
}

/** Brings a whole database back: the newest good backup, the one named, or a time; into a data folder that may be empty. */
export async function restore(context: Context, id: string | undefined, options: RestoreOptions): Promise<number> {
  const folder = dataFolderAt(options.data);
  if ((await readLiveState(folder.state)) !== undefined)
    throw new Refusal(`Transcode is running on ${folder.path}. Stop it with ./transcode down, then restore.`);
  const tools = await findTools({ root: context.root, env: context.env });
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await withBackupPlace(context, folder, options.store, async (place) => {
      const about = { context, folder, tools, options, place };
      const work = { ...about, source: await sourceOf(about, id, stop.signal) };
      return options.dryRun === true ? await planOf(work) : await restoreInto(work, stop.signal);
    });
  } finally {
    stop.dispose();
  }
}

interface About {
  context: Context;
  folder: DataFolder;
  tools: ToolPaths;
  options: RestoreOptions;
  place: BackupPlace;
}

interface Work extends About {
  source: RestoreSource;
}

/** What is to be restored. That it is there is known by then. */
async function sourceOf(
  { context, folder, tools, options, place: { store, settings } }: About,
  id: string | undefined,
  signal: AbortSignal,
): Promise<RestoreSource> {
  if (options.to === undefined) return ofBackup(store, await findBackup(store, id));
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

/** Changes nothing. */
async function planOf({ context, folder, tools, place, source }: Work): Promise<number> {
  const tell = (databaseUrl: string | undefined) => tellPlan(context, place, source, databaseUrl);
  if (hasDatabase(folder)) await withOwnPostgres(context, folder, tools, tell);
  else await tell(undefined);
  return 0;
}

async function restoreInto({ context, folder, tools, options, place, source }: Work, signal: AbortSignal) {
  const identities = await readIdentities(options.identity ?? place.settings.BACKUP_IDENTITY_FILE);
  return withOwnPostgres(context, folder, tools, (databaseUrl) =>
    bringBack(context, place, source, {
      ...{ databaseUrl, storageUrl: options.storage ?? ownStorage(folder), bin: tools.postgresBin },
      ...{ scratch: folder.restored, identities, signal, replace: options.replace === true },
      refusal: `There are rows in the database of ${folder.path}, and a restore would replace them. --replace does so, after a backup of what is there; --dry-run says what would change.`,
      remedy: 'Put them back, or name the storage that has them by --storage.',
    }),
  );
}

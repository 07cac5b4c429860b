import {
  findBackup,
  findObjects,
  findRoute,
  holdsRows,
  makeBackup,
  planRestore,
  restoreDatabase,
  withTime,
  type Backup,
} from '@transcode/backup';
import { findTools, type ToolPaths } from '@transcode/servers';
import type { Storage } from '@transcode/storage';
import * as z from 'zod';
import { counted, toldOf } from '../backups/in-words.ts';
import { openMedia, readIdentities, withBackupPlace, type BackupPlace } from '../backups/place.ts';
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
      const work = { ...about, ...(await sourceOf(about, id, stop.signal)) };
      return options.dryRun === true ? await tellPlan(work) : await restoreInto(work, stop.signal);
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
  /** As it stands in a sentence. */
  what: string;
  /** Where it is read from, for as long as it is needed. */
  withBackup: <T>(use: (found: { store: Storage; backup: Backup }) => Promise<T>) => Promise<T>;
}

/** What is to be restored. That it is there is known by then. */
async function sourceOf(
  { context, folder, tools, options, place: { store, settings } }: About,
  id: string | undefined,
  signal: AbortSignal,
): Promise<Pick<Work, 'what' | 'withBackup'>> {
  if (options.to === undefined) {
    const backup = await findBackup(store, id);
    return { what: backup.id, withBackup: (use) => use({ store, backup }) };
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

/** Changes nothing. */
async function tellPlan({ context, folder, tools, what, withBackup }: Work): Promise<number> {
  return withBackup(async ({ store, backup }) => {
    const planned = (databaseUrl: string | undefined) => planRestore({ store, databaseUrl }, backup);
    const plan = hasDatabase(folder)
      ? await withOwnPostgres(context, folder, tools, planned)
      : await planned(undefined);
    context.print(`A restore of ${what} would change, as all was at ${plan.manifest.begunAt}:`);
    for (const { table, now, restored } of plan.changes)
      context.print(`  ${table}: ${counted(now, 'row')} now, ${counted(restored, 'row')} then`);
    if (plan.changes.length === 0) context.print('  no row would change');
    for (const name of plan.migrations) context.print(`  then ${name}`);
    return 0;
  });
}

async function restoreInto(work: Work, signal: AbortSignal): Promise<number> {
  const { context, folder, tools, options, place, what, withBackup } = work;
  const { settings, store } = place;
  const identities = await readIdentities(options.identity ?? settings.BACKUP_IDENTITY_FILE);
  const media = openMedia(settings, options.storage ?? ownStorage(folder));
  try {
    return await withOwnPostgres(context, folder, tools, async (databaseUrl) => {
      const bin = tools.postgresBin;
      const engine = { store, databaseUrl, bin, identities, signal, say: context.say };
      if (await holdsRows(databaseUrl)) {
        if (options.replace !== true) {
          throw new Refusal(
            `There are rows in the database of ${folder.path}, and a restore would replace them. --replace does so, after a backup of what is there; --dry-run says what would change.`,
          );
        }
        context.say('First, a backup of what is there.');
        const scratch = { media, scratch: folder.restored, recipients: settings.BACKUP_RECIPIENTS };
        const made = await makeBackup({ ...engine, ...scratch, product: context.version }, 'restore');
        for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
      }
      const migrated = await withBackup(async (found) => {
        const applied = await restoreDatabase({ ...engine, store: found.store }, found.backup);
        context.print(`Restored ${what}: all is as it was at ${found.backup.manifest.begunAt}.`);
        return applied;
      });
      for (const name of migrated) context.print(`Brought to this version by ${name}.`);
      return tellObjects(context, await findObjects({ url: databaseUrl, media, liveUrl: undefined }));
    });
  } finally {
    await media.close();
  }
}

function tellObjects(
  { print, say }: Context,
  { videos, objects, missing, videosMissing }: Awaited<ReturnType<typeof findObjects>>,
): number {
  const there = `${(objects - missing).toLocaleString('en')} of ${objects.toLocaleString('en')} are there`;
  print(`Objects of ${counted(videos, 'video')}: ${there}.`);
  if (missing === 0) return 0;
  say(
    `transcode: the storage lacks ${counted(missing, 'object')} of ${counted(videosMissing, 'video')}. Put them back, or name the storage that has them by --storage.`,
  );
  return 1;
}

import {
  findBackup,
  findObjects,
  holdsRows,
  makeBackup,
  planRestore,
  restoreDatabase,
  type Backup,
} from '@transcode/backup';
import { findTools, type ToolPaths } from '@transcode/servers';
import { counted, toldOf } from '../backups/in-words.ts';
import { openMedia, readIdentities, withBackupPlace, type BackupPlace } from '../backups/place.ts';
import { hasDatabase, withOwnPostgres } from '../backups/with-database.ts';
import { dataFolderAt, ownStorage, type DataFolder } from '../data-folder/data-folder.ts';
import { readLiveState } from '../data-folder/state.ts';
import { Refusal } from '../refusal.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';

export interface RestoreOptions {
  data: string;
  store?: string;
  storage?: string;
  identity?: string;
  dryRun?: boolean;
  replace?: boolean;
}

/** Brings a whole database back from a backup, the newest good one unless another is named, into a data folder that may be empty. */
export async function restore(context: Context, id: string | undefined, options: RestoreOptions): Promise<number> {
  const folder = dataFolderAt(options.data);
  if ((await readLiveState(folder.state)) !== undefined)
    throw new Refusal(`Transcode is running on ${folder.path}. Stop it with ./transcode down, then restore.`);
  const tools = await findTools({ root: context.root, env: context.env });
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await withBackupPlace(context, folder, options.store, async (place) => {
      const work = { context, folder, tools, options, place, backup: await findBackup(place.store, id) };
      return options.dryRun === true ? await tellPlan(work) : await restoreInto(work, stop.signal);
    });
  } finally {
    stop.dispose();
  }
}

interface Work {
  context: Context;
  folder: DataFolder;
  tools: ToolPaths;
  options: RestoreOptions;
  place: BackupPlace;
  backup: Backup;
}

/** Writes nothing, and makes no folder. */
async function tellPlan({ context, folder, tools, place: { store }, backup }: Work): Promise<number> {
  const planned = (databaseUrl: string | undefined) => planRestore({ store, databaseUrl }, backup);
  const plan = hasDatabase(folder) ? await withOwnPostgres(context, folder, tools, planned) : await planned(undefined);
  context.print(`${backup.id}, as of ${plan.manifest.begunAt}, would be restored:`);
  for (const { table, now, restored } of plan.changes)
    context.print(`  ${table}: ${counted(now, 'row')} now, ${counted(restored, 'row')} then`);
  if (plan.changes.length === 0) context.print('  no row would change');
  for (const name of plan.migrations) context.print(`  then ${name}`);
  return 0;
}

async function restoreInto(work: Work, signal: AbortSignal): Promise<number> {
  const { context, folder, tools, options, place, backup } = work;
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
      const migrated = await restoreDatabase(engine, backup);
      context.print(`Restored ${backup.id}: all is as it was at ${backup.manifest.begunAt}.`);
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

import { findBackup, type Backup } from '@transcode/backup';
import { findTools, type ToolPaths } from '@transcode/servers';
import { bringBack, tellPlan } from '../backups/bring-back.ts';
import { readIdentities, withBackupPlace, type BackupPlace } from '../backups/place.ts';
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
      return options.dryRun === true ? await planOf(work) : await restoreInto(work, stop.signal);
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
async function planOf({ context, folder, tools, place, backup }: Work): Promise<number> {
  const tell = (databaseUrl: string | undefined) => tellPlan(context, place, backup, databaseUrl);
  if (hasDatabase(folder)) await withOwnPostgres(context, folder, tools, tell);
  else await tell(undefined);
  return 0;
}

async function restoreInto({ context, folder, tools, options, place, backup }: Work, signal: AbortSignal) {
  const identities = await readIdentities(options.identity ?? place.settings.BACKUP_IDENTITY_FILE);
  return withOwnPostgres(context, folder, tools, (databaseUrl) =>
    bringBack(context, place, backup, {
      ...{ databaseUrl, storageUrl: options.storage ?? ownStorage(folder), bin: tools.postgresBin },
      ...{ scratch: folder.restored, identities, signal, replace: options.replace === true },
      refusal: `There are rows in the database of ${folder.path}, and a restore would replace them. --replace does so, after a backup of what is there; --dry-run says what would change.`,
      remedy: 'Put them back, or name the storage that has them by --storage.',
    }),
  );
}

import { findTools } from '@transcode/servers';
import { bringBack, demandReplace, tellPlan, type RestoreSource } from '../backups/bring-back.ts';
import { bringVideoBack } from '../backups/bring-video-back.ts';
import { bringWorkspaceBack } from '../backups/bring-workspace-back.ts';
import { readIdentities, withBackupPlace } from '../backups/place.ts';
import { findSource, type RestoreAbout } from '../backups/restore-source.ts';
import { hasDatabase, withOwnPostgres } from '../backups/with-database.ts';
import { dataFolderAt, ownStorage } from '../data-folder/data-folder.ts';
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
  discard?: boolean;
  video?: string;
  workspace?: string;
  incomplete?: boolean;
}

/**
 * Brings back what the newest good backup has, the one named, or a time: a whole database, into a data folder that may be empty; or one video
 * or those of a workspace, into an installation that may run.
 */
export async function restore(context: Context, id: string | undefined, options: RestoreOptions): Promise<number> {
  const folder = dataFolderAt(options.data);
  const { video, workspace } = options;
  if (video !== undefined && workspace !== undefined)
    throw new Refusal('Name one video by --video, or all of a workspace by --workspace, but not both.');
  const isWhole = video === undefined && workspace === undefined;
  if (options.incomplete === true && isWhole)
    throw new Refusal('--incomplete is for videos: name one by --video, or those of a workspace by --workspace.');
  if (options.discard === true && !isWhole)
    throw new Refusal('--discard is for a whole database, and not for a video or a workspace.');
  demandReplace(options);
  if (isWhole && (await readLiveState(folder.state)) !== undefined)
    throw new Refusal(`Transcode is running on ${folder.path}. Stop it with ./transcode down, then restore.`);
  const tools = await findTools({ root: context.root, env: context.env });
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await withBackupPlace(context, folder, options.store, async (place) => {
      const about = { context, folder, tools, options, place };
      const work = { ...about, source: await findSource(about, id, stop.signal) };
      if (video !== undefined) return bringVideoBack(work, { ...options, video }, stop.signal);
      if (workspace !== undefined) return bringWorkspaceBack(work, { ...options, id: workspace }, stop.signal);
      return options.dryRun === true ? await planOf(work) : await restoreInto(work, stop.signal);
    });
  } finally {
    stop.dispose();
  }
}

interface Work extends RestoreAbout {
  options: RestoreOptions;
  source: RestoreSource;
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
      discard: options.discard === true,
      refusal: `There are rows in the database of ${folder.path}, and a restore would replace them. --replace does so, after a backup of what is there; --dry-run says what would change.`,
      remedy: 'Put them back, or name the storage that has them by --storage.',
    }),
  );
}

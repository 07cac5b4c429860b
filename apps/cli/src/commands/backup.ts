import { makeBackup, readBackups, type BackupReason } from '@transcode/backup';
import { findTools } from '@transcode/servers';
import { lineOf, toldOf } from '../backups/in-words.ts';
import { namesOfSettings, openMedia, withBackupPlace } from '../backups/place.ts';
import { withDatabase } from '../backups/with-database.ts';
import { dataFolderAt, ownStorage } from '../data-folder/data-folder.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';

export interface BackupOptions {
  data: string;
  store?: string;
  storage?: string;
  list?: boolean;
  /** Hears what is done just now; by default it is said. */
  onStep?: (doing: string) => void;
}

/** Makes a backup, or lists those that there are. Ends with 0 only for one that was restored and lacks nothing. */
export async function backup(context: Context, options: BackupOptions): Promise<number> {
  if (options.list === true) return listBackups(context, options);
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await backUp(context, options, 'asked', stop.signal);
  } finally {
    stop.dispose();
  }
}

/** Makes one and tells of it. */
export async function backUp(
  context: Context,
  { data, store: given, storage, onStep = context.say }: BackupOptions,
  reason: BackupReason,
  signal: AbortSignal,
): Promise<number> {
  const folder = dataFolderAt(data);
  const tools = await findTools({ root: context.root, env: context.env });
  return withDatabase(context, folder, tools, ({ databaseUrl, storageUrl }) =>
    withBackupPlace(context, folder, given, async ({ settings, store, url, isOwnDisk }) => {
      const media = openMedia(settings, storage ?? storageUrl ?? ownStorage(folder));
      try {
        const made = await makeBackup(
          {
            ...{ store, media, databaseUrl, bin: tools.postgresBin, scratch: folder.restored, signal },
            ...{ recipients: settings.BACKUP_RECIPIENTS, identities: [], product: context.version, say: onStep },
            settings: namesOfSettings(context.env),
          },
          reason,
        );
        for (const line of toldOf(made)) context.print(line);
        if (isOwnDisk)
          context.say(
            `It is on the disk that it is to protect (${url}). BACKUP_URL or --store puts it somewhere else.`,
          );
        for (const { message } of made.complaints) context.say(`transcode: ${message}`);
        return made.complaints.length === 0 ? 0 : 1;
      } finally {
        await media.close();
      }
    }),
  );
}

async function listBackups(context: Context, { data, store: given }: BackupOptions): Promise<number> {
  return withBackupPlace(context, dataFolderAt(data), given, async ({ store, url }) => {
    const { backups, damaged } = await readBackups(store);
    for (const one of backups) context.print(lineOf(one, new Date()));
    for (const id of damaged) context.print(`${id}  its manifest.json cannot be read: does not count`);
    if (backups.length + damaged.length === 0) context.say(`There are no backups in ${url}.`);
    return 0;
  });
}

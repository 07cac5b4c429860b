import type { BackupReason } from '@transcode/backup';
import { findTools } from '@transcode/servers';
import { listBackups, makeAndTell } from '../backups/make-and-tell.ts';
import { withBackupPlace } from '../backups/place.ts';
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
  if (options.list === true) {
    await withBackupPlace(context, dataFolderAt(options.data), options.store, (place) => listBackups(context, place));
    return 0;
  }
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
    withBackupPlace(context, folder, given, async (place) => {
      const code = await makeAndTell(context, place, {
        ...{ databaseUrl, storageUrl: storage ?? storageUrl ?? ownStorage(folder) },
        ...{ bin: tools.postgresBin, scratch: folder.restored, reason, signal, onStep },
      });
      if (place.isOwnDisk)
        context.say(
          `It is on the disk that it is to protect (${place.url}). BACKUP_URL or --store puts it somewhere else.`,
        );
      return code;
    }),
  );
}

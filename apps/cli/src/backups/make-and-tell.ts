import { archiveStatus, makeBackup, readBackups, type BackupReason } from '@transcode/backup';
import { lineOf, spansInWords, toldOf } from './in-words.ts';
import { namesOfSettings, openMedia, type BackupPlace } from './place.ts';
import type { Context } from '../context.ts';

interface MakeWork {
  databaseUrl: string;
  /** Where the objects are that rows name. */
  storageUrl: string;
  /** The folder of Postgres' programs. */
  bin: string;
  scratch: string;
  reason: BackupReason;
  signal: AbortSignal;
  /** Hears what is done just now; by default it is said. */
  onStep?: (doing: string) => void;
}

/** Makes a backup and tells of it. Ends with 0 only for one that was restored and lacks nothing. */
export async function makeAndTell(
  context: Context,
  { settings, store }: BackupPlace,
  { storageUrl, reason, onStep = context.say, ...work }: MakeWork,
): Promise<number> {
  const media = openMedia(settings, storageUrl);
  try {
    const made = await makeBackup(
      {
        ...{ ...work, store, media, recipients: settings.BACKUP_RECIPIENTS, identities: [] },
        ...{ keptDays: settings.BACKUP_KEPT_DAYS, product: context.version, say: onStep },
        settings: namesOfSettings(context.env),
      },
      reason,
    );
    for (const line of toldOf(made)) context.print(line);
    for (const { message } of made.complaints) context.say(`transcode: ${message}`);
    return made.complaints.length === 0 ? 0 : 1;
  } finally {
    await media.close();
  }
}

/** Tells which there are, which count, and which times can be restored. */
export async function listBackups(context: Context, { store, url }: BackupPlace): Promise<void> {
  const { backups, damaged } = await readBackups(store);
  for (const one of backups) context.print(lineOf(one, new Date()));
  for (const id of damaged) context.print(`${id}  its manifest.json cannot be read: does not count`);
  for (const line of spansInWords(await archiveStatus(store))) context.print(line);
  if (backups.length + damaged.length === 0) context.say(`There are no backups in ${url}.`);
}

import { findObjects, holdsRows, makeBackup, planRestore, restoreDatabase, type Backup } from '@transcode/backup';
import { counted, toldOf } from './in-words.ts';
import { openMedia, type BackupPlace } from './place.ts';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';

interface RestoreWork {
  databaseUrl: string;
  /** Where the objects are that rows name. */
  storageUrl: string;
  /** The folder of Postgres' programs. */
  bin: string;
  scratch: string;
  identities: readonly string[];
  /** Whether rows that are there may go, after a backup of them. */
  replace: boolean;
  /** What to say where they may not. */
  refusal: string;
  /** What helps where objects are missing. */
  remedy: string;
  signal: AbortSignal;
}

/** Puts a backup in the place of a database, and looks for its objects. Ends with 0 only where none is missing. */
export async function bringBack(
  context: Context,
  { settings, store }: BackupPlace,
  backup: Backup,
  { storageUrl, replace, refusal, remedy, scratch, ...work }: RestoreWork,
): Promise<number> {
  const media = openMedia(settings, storageUrl);
  try {
    const engine = { ...work, store, say: context.say };
    if (await holdsRows(work.databaseUrl)) {
      if (!replace) throw new Refusal(refusal);
      context.say('First, a backup of what is there.');
      const safety = { media, scratch, recipients: settings.BACKUP_RECIPIENTS, product: context.version };
      const made = await makeBackup({ ...engine, ...safety }, 'restore');
      for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
    }
    const migrated = await restoreDatabase(engine, backup);
    context.print(`Restored ${backup.id}: all is as it was at ${backup.manifest.begunAt}.`);
    for (const name of migrated) context.print(`Brought to this version by ${name}.`);
    const found = await findObjects({ url: work.databaseUrl, media, liveUrl: undefined });
    return tellObjects(context, found, remedy);
  } finally {
    await media.close();
  }
}

/** What a restore would change, of nothing where there is no server yet. Writes nothing. */
export async function tellPlan(
  context: Context,
  { store }: Pick<BackupPlace, 'store'>,
  backup: Backup,
  databaseUrl: string | undefined,
): Promise<void> {
  const plan = await planRestore({ store, databaseUrl }, backup);
  context.print(`${backup.id}, as of ${plan.manifest.begunAt}, would be restored:`);
  for (const { table, now, restored } of plan.changes)
    context.print(`  ${table}: ${counted(now, 'row')} now, ${counted(restored, 'row')} then`);
  if (plan.changes.length === 0) context.print('  no row would change');
  for (const name of plan.migrations) context.print(`  then ${name}`);
}

function tellObjects(
  { print, say }: Context,
  { videos, objects, missing, videosMissing }: Awaited<ReturnType<typeof findObjects>>,
  remedy: string,
): number {
  const there = `${(objects - missing).toLocaleString('en')} of ${objects.toLocaleString('en')} are there`;
  print(`Objects of ${counted(videos, 'video')}: ${there}.`);
  if (missing === 0) return 0;
  say(`transcode: the storage lacks ${counted(missing, 'object')} of ${counted(videosMissing, 'video')}. ${remedy}`);
  return 1;
}

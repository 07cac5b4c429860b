import { findObjects, holdsRows, makeBackup, planRestore, restoreDatabase, type Backup } from '@transcode/backup';
import type { Storage } from '@transcode/storage';
import { counted, toldOf } from './in-words.ts';
import { openMedia, type BackupPlace } from './place.ts';
import { Refusal, sentenceOf } from '../refusal.ts';
import type { Context } from '../context.ts';

/** What is to be restored. */
export interface RestoreSource {
  /** As it stands in a sentence. */
  readonly what: string;
  /** Where it is read from, for as long as it is needed. */
  readonly withBackup: <T>(use: (found: { store: Storage; backup: Backup }) => Promise<T>) => Promise<T>;
}

export function ofBackup(store: Storage, backup: Backup): RestoreSource {
  return { what: backup.id, withBackup: (use) => use({ store, backup }) };
}

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
  /** Whether they may go also where none can be made: a database that is damaged cannot be read whole. */
  discard: boolean;
  /** What to say where they may not. */
  refusal: string;
  /** What helps where objects are missing. */
  remedy: string;
  signal: AbortSignal;
}

const NOT_BACKED_UP =
  'So nothing was replaced. Where what is there is damaged and cannot be backed up any more, --replace --discard lets go of it.';

/** Rows are let go of by two words, and one of them alone is none. */
export function demandReplace({ discard, replace }: { discard?: boolean; replace?: boolean }): void {
  if (discard === true && replace !== true) throw new Refusal('--discard needs --replace beside it.');
}

/** Puts what was backed up in the place of a database, and looks for its objects. Ends with 0 only where none is missing. */
export async function bringBack(
  context: Context,
  { settings, store }: BackupPlace,
  { what, withBackup }: RestoreSource,
  { storageUrl, replace, discard, refusal, remedy, scratch, ...work }: RestoreWork,
): Promise<number> {
  const media = openMedia(settings, storageUrl);
  try {
    const engine = { ...work, store, say: context.say };
    if (await holdsRows(work.databaseUrl)) {
      if (!replace) throw new Refusal(refusal);
      context.say('First, a backup of what is there.');
      const safety = { media, scratch, recipients: settings.BACKUP_RECIPIENTS, product: context.version };
      try {
        const made = await makeBackup({ ...engine, ...safety }, 'restore');
        for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
      } catch (error) {
        if (work.signal.aborted) throw error;
        if (!discard) throw new Refusal(`${sentenceOf(error)} ${NOT_BACKED_UP}`, { cause: error });
        context.say(`transcode: ${sentenceOf(error)} What is there is replaced without a backup of it.`);
      }
    }
    const { migrated, erased } = await withBackup(async (found) => {
      const restored = await restoreDatabase({ ...engine, store: found.store, tombstones: store }, found.backup);
      context.print(`Restored ${what}: all is as it was at ${found.backup.manifest.begunAt}.`);
      return restored;
    });
    for (const name of migrated) context.print(`Brought to this version by ${name}.`);
    if (erased > 0)
      context.print(`What was erased since was in it, and was erased once more: ${counted(erased, 'erasure')}.`);
    const found = await findObjects({ url: work.databaseUrl, media, liveUrl: undefined });
    return tellObjects(context, found, remedy);
  } finally {
    await media.close();
  }
}

/** What a restore would change, of nothing where there is no server yet. Changes nothing. */
export async function tellPlan(
  context: Context,
  { store: tombstones }: BackupPlace,
  { what, withBackup }: RestoreSource,
  databaseUrl: string | undefined,
): Promise<void> {
  const plan = await withBackup(({ store, backup }) => planRestore({ store, tombstones, databaseUrl }, backup));
  context.print(`A restore of ${what} would change, as all was at ${plan.manifest.begunAt}:`);
  for (const { table, now, restored } of plan.changes)
    context.print(`  ${table}: ${counted(now, 'row')} now, ${counted(restored, 'row')} then`);
  if (plan.changes.length === 0) context.print('  no row would change');
  for (const name of plan.migrations) context.print(`  then ${name}`);
  if (plan.erasures > 0) context.print(`  then ${counted(plan.erasures, 'erasure')} since, as far as it is in there`);
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

import {
  isGood,
  readArchives,
  readBackups,
  readBases,
  readDrills,
  type Backup,
  type BackupReason,
} from '@transcode/backup';
import type { OperationKind, RestoreFound } from '@transcode/contracts';
import { backUp } from '../commands/backup.ts';
import { rehearseLoss } from '../commands/drill.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { makeBaseIn } from './keep-archive.ts';
import { withBackupPlace } from './place.ts';
import { isDue, nextTime, nightly, weekly, type Schedule } from './schedule.ts';
import { withDatabase } from './with-database.ts';
import { findTools } from '@transcode/servers';
import type { Storage } from '@transcode/storage';
import type { Context } from '../context.ts';

export interface HowToRun {
  reason: Extract<BackupReason, 'schedule' | 'asked'>;
  signal: AbortSignal;
  onStep: (doing: string) => void;
  /** Hears what went wrong though it came to its end. */
  onComplaint: (sentence: string) => void;
  /** What it is asked, where its kind alone does not say it; and hears what was found. */
  input: unknown;
  onFound: (found: RestoreFound) => void;
}

/** What somebody may ask for. */
export interface Task {
  /** By which somebody asks for it; nobody asks for what has none. */
  kind?: OperationKind;
  /** Ends with 0 where all is well. */
  run(how: HowToRun): Promise<number>;
}

/** What is done by schedule, too. */
export interface Chore extends Task {
  /** As it stands in a sentence. */
  what: string;
  schedule: Schedule;
  /** When it was done last, as the store says; `never` where there is nothing that it could be done with. */
  last(): Promise<Date | undefined | 'never'>;
  /** Where the store cannot be asked it waits: another one tells of that. */
  follows?: true;
  known?: Date | undefined;
  failed?: Date;
}

/** In the order in which they are done where several are due. */
export type Chores = Readonly<Record<'backup' | 'base' | 'drill', Chore>>;

interface Now {
  now: Date;
  upSince: Date;
}

const COMPLAINT = 'transcode: ';

/** A context of which the steps and complaints are told as well. */
export function heard(
  context: Context,
  { onStep, onComplaint }: HowToRun,
): { context: Context; onStep: (doing: string) => void } {
  return {
    context: {
      ...context,
      say: (sentence) => {
        context.say(sentence);
        if (sentence.startsWith(COMPLAINT)) onComplaint(sentence.slice(COMPLAINT.length));
      },
    },
    onStep: (doing) => {
      context.say(doing);
      onStep(doing);
    },
  };
}

export function choresOf(context: Context, data: string): Chores {
  const inStore = <T>(look: (good: readonly Backup[], store: Storage) => T | Promise<T>): Promise<T> =>
    withBackupPlace(context, dataFolderAt(data), undefined, async ({ store }) =>
      look((await readBackups(store)).backups.filter(isGood), store),
    );
  const canOpen = ({ manifest }: Backup): boolean =>
    manifest.file.encryptedTo.length === 0 || isSet(context, 'BACKUP_IDENTITY_FILE');
  return {
    backup: {
      kind: 'backup',
      what: 'nightly backup',
      schedule: nightly,
      last: () => inStore((good) => timeOf(good.at(-1)?.manifest.begunAt)),
      run: (how) => {
        const { context: heardContext, onStep } = heard(context, how);
        return backUp(heardContext, { data, onStep }, how.reason, how.signal);
      },
    },
    base: {
      what: 'nightly base backup',
      schedule: nightly,
      follows: true,
      last: () =>
        withBackupPlace(context, dataFolderAt(data), undefined, async ({ settings, store }) => {
          const archive = (await readArchives(store)).at(-1);
          if (archive === undefined || settings.BACKUP_WINDOW_DAYS === 0) return 'never';
          const good = (await readBases(store)).backups.filter(isGood);
          // The first one of an archive comes with it.
          return timeOf(good.findLast(({ manifest }) => manifest.archive === archive.id)?.manifest.begunAt) ?? 'never';
        }),
      run: async ({ signal }) => {
        const tools = await findTools({ root: context.root, env: context.env });
        return withDatabase(context, dataFolderAt(data), tools, ({ databaseUrl }) =>
          withBackupPlace(context, dataFolderAt(data), undefined, (place) =>
            makeBaseIn(context, place, { data, databaseUrl, signal }),
          ),
        );
      },
    },
    drill: {
      kind: 'drill',
      what: 'weekly drill',
      schedule: weekly,
      last: () =>
        inStore(async (good, store) => {
          const newest = good.at(-1);
          if (newest === undefined || !canOpen(newest)) return 'never';
          return timeOf((await readDrills(store)).at(-1)?.at);
        }),
      run: (how) => {
        const { context: heardContext, onStep } = heard(context, how);
        return rehearseLoss(heardContext, { data, onStep }, how.signal);
      },
    },
  };
}

/** The store is asked only where what we know of it says so: somebody may have done it by hand. */
export async function comesNow(chore: Chore, at: Now): Promise<boolean> {
  const moments = { ...at, failed: chore.failed };
  if (!isDue(chore.schedule, { ...moments, last: chore.known })) return false;
  try {
    const last = await chore.last();
    if (last === 'never') {
      // Looked at again when its next time has come.
      chore.known = at.now;
      return false;
    }
    chore.known = last;
    return isDue(chore.schedule, { ...moments, last });
  } catch {
    // What is wrong with the store it will say itself.
    return chore.follows !== true;
  }
}

/** When each is done next; of drills nothing where backups are encrypted and their key is not here. */
export function nextTimes(
  { backup, drill }: Pick<Chores, 'backup' | 'drill'>,
  at: Now,
  { env }: Pick<Context, 'env'>,
): { nextBackupAt: Date; nextDrillAt: Date | null } {
  const next = ({ schedule, known: last, failed }: Chore): Date => nextTime(schedule, { ...at, last, failed });
  const canDrill = !isSet({ env }, 'BACKUP_RECIPIENTS') || isSet({ env }, 'BACKUP_IDENTITY_FILE');
  return { nextBackupAt: next(backup), nextDrillAt: canDrill ? next(drill) : null };
}

const isSet = ({ env }: Pick<Context, 'env'>, name: string): boolean => (env[name] ?? '') !== '';
const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

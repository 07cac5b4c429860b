import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGood, readArchives, readBackups, readBases, readDrills, type Backup } from '@transcode/backup';
import { backUp } from '../commands/backup.ts';
import { rehearseLoss } from '../commands/drill.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { explain } from '../refusal.ts';
import { LogFile } from '../supervisor/log-file.ts';
import { makeBaseIn } from './keep-archive.ts';
import { withBackupPlace } from './place.ts';
import { withDatabase } from './with-database.ts';
import { isDue, nightly, weekly, type Schedule } from './schedule.ts';
import { findTools } from '@transcode/servers';
import type { Storage } from '@transcode/storage';
import type { Context } from '../context.ts';

const LOOK_MS = 60_000;

/** What is done by schedule. */
interface Chore {
  /** As it stands in a sentence. */
  what: string;
  schedule: Schedule;
  /** When it was done last, as the store says; `never` where there is nothing that it could be done with. */
  last(): Promise<Date | undefined | 'never'>;
  /** Ends with 0 where all is well. */
  run(): Promise<number>;
  /** Where the store cannot be asked it waits: another one tells of that. */
  follows?: true;
  known?: Date | undefined;
  failed?: Date;
}

/** Makes backups each night and holds a drill each week, for as long as the installation runs. What becomes of it stands in the log `backup`. */
export async function keepSafe(
  context: Context,
  data: string,
  signal: AbortSignal,
  { lookMs = LOOK_MS, now = () => new Date() } = {},
): Promise<void> {
  const log = new LogFile(join(dataFolderAt(data).logs, 'backup.log'), (error) =>
    context.say(`A log cannot be written: ${explain(error)?.sentence ?? String(error)}`),
  );
  const write = (line: string): void => log.append(`${new Date().toISOString()} ${line}\n`);
  const chores = choresOf({ ...context, print: write, say: write }, data, signal);
  const upSince = now();
  while (!(await aborted(lookMs, signal))) {
    for (const chore of chores) {
      if (!(await comesNow(chore, { now: now(), upSince }, signal))) continue;
      try {
        const code = await chore.run();
        delete chore.failed;
        if (code !== 0) context.say(`The ${chore.what} found that something is wrong: ./transcode logs backup tells.`);
      } catch (error) {
        if (signal.aborted) break;
        chore.failed = now();
        const sentence = explain(error)?.sentence ?? String(error);
        write(sentence);
        context.say(`The ${chore.what} failed, and is tried again in an hour: ${sentence}`);
      }
    }
  }
  log.close();
}

function choresOf(context: Context, data: string, signal: AbortSignal): Chore[] {
  const inStore = <T>(look: (good: readonly Backup[], store: Storage) => T | Promise<T>): Promise<T> =>
    withBackupPlace(context, dataFolderAt(data), undefined, async ({ store }) =>
      look((await readBackups(store)).backups.filter(isGood), store),
    );
  const canOpen = ({ manifest }: Backup): boolean =>
    manifest.file.encryptedTo.length === 0 || (context.env['BACKUP_IDENTITY_FILE'] ?? '') !== '';
  return [
    {
      what: 'nightly backup',
      schedule: nightly,
      last: () => inStore((good) => timeOf(good.at(-1)?.manifest.begunAt)),
      run: () => backUp(context, { data }, 'schedule', signal),
    },
    {
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
      run: async () => {
        const tools = await findTools({ root: context.root, env: context.env });
        return withDatabase(context, dataFolderAt(data), tools, ({ databaseUrl }) =>
          withBackupPlace(context, dataFolderAt(data), undefined, (place) =>
            makeBaseIn(context, place, { data, databaseUrl, signal }),
          ),
        );
      },
    },
    {
      what: 'weekly drill',
      schedule: weekly,
      last: () =>
        inStore(async (good, store) => {
          const newest = good.at(-1);
          if (newest === undefined || !canOpen(newest)) return 'never';
          return timeOf((await readDrills(store)).at(-1)?.at);
        }),
      run: () => rehearseLoss(context, { data }, signal),
    },
  ];
}

/** The store is asked only where what we know of it says so: somebody may have done it by hand. */
async function comesNow(
  chore: Chore,
  { now, upSince }: { now: Date; upSince: Date },
  signal: AbortSignal,
): Promise<boolean> {
  const moments = { now, upSince, failed: chore.failed };
  if (signal.aborted || !isDue(chore.schedule, { ...moments, last: chore.known })) return false;
  try {
    const last = await chore.last();
    if (last === 'never') {
      // Looked at again when its next time has come.
      chore.known = now;
      return false;
    }
    chore.known = last;
    return isDue(chore.schedule, { ...moments, last });
  } catch {
    // What is wrong with the store it will say itself.
    return chore.follows !== true;
  }
}

const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

async function aborted(ms: number, signal: AbortSignal): Promise<boolean> {
  // Only the signal breaks it off.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  return signal.aborted;
}

import { join } from 'node:path';
import { archiveWal, isGood, makeBase, readBases } from '@transcode/backup';
import { findTools, rest } from '@transcode/servers';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { explain } from '../refusal.ts';
import { LogFile } from '../supervisor/log-file.ts';
import { toldOfBase } from './in-words.ts';
import { withBackupPlace, type BackupPlace } from './place.ts';
import type { Context } from '../context.ts';

export interface Archiving {
  data: string;
  databaseUrl: string;
  /** Somebody wants all to end: nothing new is begun. */
  signal: AbortSignal;
  /** Postgres has ended. Until then what it writes is stored. */
  ended: AbortSignal;
}

interface Pauses {
  /** Whoever has just begun has more to do than a base backup. */
  restMs: number;
  againMs: number;
  /** How long something may be in the way before somebody is told. */
  tellMs: number;
}

const PAUSES: Pauses = { restMs: 30_000, againMs: 3600 * 1000, tellMs: 60_000 };
const FIRST_TRY_MS = 1_000;
const TRY_MS = 15_000;

/**
 * Stores the WAL of an installation for as long as it runs, and makes the base backup from which it leads on. The nightly ones come by
 * schedule. What becomes of it stands in the log `archive`.
 */
export async function keepArchive(context: Context, archiving: Archiving, pauses: Pauses = PAUSES): Promise<void> {
  const folder = dataFolderAt(archiving.data);
  const log = new LogFile(join(folder.logs, 'archive.log'), (error) =>
    context.say(`A log cannot be written: ${explain(error)?.sentence ?? String(error)}`),
  );
  const write = (line: string): void => log.append(`${new Date().toISOString()} ${line}\n`);
  const quiet = { ...context, print: write, say: write };
  const lead = leadOn(quiet, archiving, pauses);
  try {
    await storeAgain({ ...context, print: write }, archiving, pauses, lead.from);
    await lead.over();
  } finally {
    log.close();
  }
}

async function storeAgain(
  context: Context,
  { data, databaseUrl, signal, ended }: Archiving,
  { tellMs }: Pauses,
  leadFrom: (archive: string) => void,
): Promise<void> {
  const { say, print: write } = context;
  let failing: { since: number; told: boolean; pauseMs: number } | undefined;
  const stored = (archive: string, until: Date): void => {
    if (failing?.told === true) say(`The database is archived again, up to ${until.toISOString()}.`);
    if (failing !== undefined) write(`Archived again, up to ${until.toISOString()}.`);
    failing = undefined;
    leadFrom(archive);
  };
  while (!signal.aborted) {
    try {
      const wanted = await withBackupPlace(context, dataFolderAt(data), undefined, async ({ settings, store }) => {
        const { BACKUP_RECIPIENTS: recipients, BACKUP_WAL_SECONDS: seconds, BACKUP_WINDOW_DAYS: days } = settings;
        if (days === 0) return false;
        const engine = { store, databaseUrl, recipients, say: write };
        await archiveWal(engine, { everyMs: seconds * 1_000, signal: ended, stored });
        return true;
      });
      if (!wanted) return;
    } catch (error) {
      failing ??= { since: performance.now(), told: false, pauseMs: FIRST_TRY_MS / 2 };
      const sentence = explain(error)?.sentence ?? String(error);
      write(sentence);
      if (!failing.told && performance.now() - failing.since >= tellMs) {
        failing.told = true;
        say(`${sentence} It is tried again and again; ./transcode logs archive tells.`);
      }
    }
    if (failing !== undefined) failing.pauseMs = Math.min(failing.pauseMs * 2, TRY_MS);
    // Only the signal breaks it off.
    await rest(failing?.pauseMs ?? FIRST_TRY_MS, signal);
  }
}

/** Once an archive is begun, the first base backup of it; tried again each hour. */
function leadOn(
  context: Context,
  { data, databaseUrl, signal }: Archiving,
  { restMs, againMs }: Pauses,
): { from: (archive: string) => void; over: () => Promise<void> } {
  let known: string | undefined;
  let making = Promise.resolve();
  const make = async (archive: string): Promise<void> => {
    for (let pauseMs = restMs; ; pauseMs = againMs) {
      // Only the signal breaks it off.
      await rest(pauseMs, signal);
      if (signal.aborted || archive !== known) return;
      try {
        await withBackupPlace(context, dataFolderAt(data), undefined, async (place) => {
          const { backups } = await readBases(place.store);
          if (backups.some((base) => isGood(base) && base.manifest.archive === archive)) return;
          await makeBaseIn(context, place, { data, databaseUrl, signal });
        });
        return;
      } catch (error) {
        context.say(explain(error)?.sentence ?? String(error));
      }
    }
  };
  return {
    from: (archive) => {
      if (archive === known) return;
      known = archive;
      making = Promise.all([making, make(archive)]).then(() => undefined);
    },
    over: () => making,
  };
}

/** Makes a base backup and tells of it. Ends with 0 where nobody has to look at anything. */
export async function makeBaseIn(
  context: Context,
  { settings, store }: BackupPlace,
  { data, databaseUrl, signal }: Pick<Archiving, 'data' | 'databaseUrl' | 'signal'>,
): Promise<number> {
  const { postgresBin: bin } = await findTools({ root: context.root, env: context.env });
  const made = await makeBase(
    {
      ...{ store, databaseUrl, bin, scratch: dataFolderAt(data).restored, recipients: settings.BACKUP_RECIPIENTS },
      ...{ product: context.version, say: context.say, signal },
    },
    { windowDays: settings.BACKUP_WINDOW_DAYS },
  );
  for (const line of toldOfBase(made)) context.print(line);
  for (const { message } of made.complaints) context.say(message);
  return made.complaints.length === 0 ? 0 : 1;
}

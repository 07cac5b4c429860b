import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type ToolPaths } from '@transcode/servers';
import { openDataFolder, type DataFolder } from '../data-folder/data-folder.ts';
import { takeDataLock } from '../data-folder/data-lock.ts';
import { ensureSecrets, readSecrets } from '../data-folder/secrets.ts';
import { readLiveState } from '../data-folder/state.ts';
import { explain, Refusal } from '../refusal.ts';
import { alreadyRunning, cleanUp } from '../supervisor/installation.ts';
import { LogFile } from '../supervisor/log-file.ts';
import { databaseUrl } from '../supervisor/services.ts';
import type { Context } from '../context.ts';

export interface FoundDatabase {
  databaseUrl: string;
  /** Where its installation has its objects; undefined where it does not run and so nobody knows. */
  storageUrl: string | undefined;
}

/** Works with the database of an installation: the one that runs, or else its Postgres is started for this alone. */
export async function withDatabase<T>(
  context: Context,
  folder: DataFolder,
  tools: ToolPaths,
  work: (found: FoundDatabase) => Promise<T>,
): Promise<T> {
  const state = await readLiveState(folder.state);
  const port = state?.children.find(({ name }) => name === 'postgres')?.ports.http;
  const secrets = await readSecrets(folder.secrets);
  if (state?.phase === 'running' && port !== undefined && secrets !== undefined)
    return work({ databaseUrl: databaseUrl({ secrets }, port), storageUrl: state.storage });
  if (!hasDatabase(folder)) throw new Refusal(`There is no installation in ${folder.path}.`);
  return withOwnPostgres(context, folder, tools, (url) => work({ databaseUrl: url, storageUrl: undefined }));
}

/** Starts the Postgres of a data folder, which may be new, and nothing else. Refused while the installation runs. */
export async function withOwnPostgres<T>(
  context: Context,
  folder: DataFolder,
  tools: ToolPaths,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  await openDataFolder(folder);
  using lock = takeDataLock(folder.lock);
  if (lock === undefined) throw await alreadyRunning(folder);
  await cleanUp(context, folder);
  const secrets = await ensureSecrets(folder.secrets);
  const log = new LogFile(join(folder.logs, 'postgres.log'), (error) =>
    context.say(`A log cannot be written: ${explain(error)?.sentence ?? String(error)}`),
  );
  const server = await startPostgres({
    ...{ bin: tools.postgresBin, dataDir: folder.postgres, password: secrets.postgres },
    log: (line) => log.append(`${line}\n`),
  });
  try {
    return await work(databaseUrl({ secrets }, server.port));
  } finally {
    await server.stop();
    log.close();
  }
}

export const hasDatabase = (folder: DataFolder): boolean => existsSync(join(folder.postgres, 'PG_VERSION'));

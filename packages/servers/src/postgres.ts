import { constants } from 'node:fs';
import { chmod, chown, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { initialisePostgres } from './initialise-postgres.ts';
import { settlePostmasterPid } from './postmaster-pid.ts';
import { privateDirectory } from './private-directory.ts';
import { runningServer } from './running-server.ts';
import { launch, ServerStartError, type LaunchedProcess, type RunningServer } from './server-process.ts';
import { unprivilegedUser, type SystemUser } from './unprivileged-user.ts';
import { untilReady } from './until-ready.ts';
import { withFreePort } from './with-free-port.ts';

export interface PostgresOptions {
  /** The folder with `postgres` and `initdb`. */
  bin: string;
  dataDir: string;
  password: string;
  port?: number;
  database?: string;
  /** More settings as of postgresql.conf. */
  settings?: Readonly<Record<string, string>>;
  log?: (line: string) => void;
}

const READY_MS = 60_000;
/** After a killed postmaster its backends need a moment to notice and let go of the shared memory. */
const ORPHANS_TRIES = 20;
const WRONG_PASSWORD = '28P01';
const ENDING = [
  // Fast shutdown, then immediate.
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
] as const;

/** Starts Postgres on its data folder, which is made at the first start, and waits until it takes connections. */
export async function startPostgres(options: PostgresOptions): Promise<RunningServer> {
  const user = await unprivilegedUser();
  const dataDir = await privateDirectory(options.dataDir);
  await initialisePostgres({ bin: options.bin, dataDir, password: options.password, user, log: options.log });
  await settlePostmasterPid(dataDir);
  if (user !== undefined) await chown(dataDir, user.uid, user.gid);
  await chmod(dataDir, 0o700);

  return withFreePort(options.port, async (port) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOn(port, dataDir, user, options);
      } catch (error) {
        const orphans = error instanceof ServerStartError && error.tail.includes('pre-existing shared memory block');
        if (!orphans || attempt === ORPHANS_TRIES) throw error;
      }
    }
  });
}

async function startOn(
  port: number,
  dataDir: string,
  user: SystemUser | undefined,
  options: PostgresOptions,
): Promise<RunningServer> {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // A socket's path may be too long or in a folder that its user cannot enter.
    unix_socket_directories: '',
    max_connections: '200',
    ...options.settings,
  };
  const server = await launchPostgres({ ...options, dataDir, user, settings });
  const database = options.database ?? 'transcode';
  const url = (name: string): string =>
    `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
  await untilReady(server, () => ensureDatabase(url('postgres'), database), READY_MS);
  return runningServer(server, { port, url: url(database) });
}

/** Starts Postgres on a data folder that is there, and waits for nothing. */
export async function launchPostgres({
  bin,
  dataDir,
  user,
  settings,
  log,
}: Pick<PostgresOptions, 'bin' | 'dataDir' | 'settings' | 'log'> & {
  user: SystemUser | undefined;
}): Promise<LaunchedProcess> {
  const all = { logging_collector: 'off', log_destination: 'stderr', timezone: 'UTC', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The user that Postgres runs as may be unable to walk to the folder (root's home is 0700), so it inherits it opened.
  const directory = await open(dataDir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return await launch({
      name: 'Postgres',
      command: join(bin, 'postgres'),
      args: ['-D', user === undefined ? dataDir : '/proc/self/fd/3', ...flags],
      cwd: '/',
      ending: ENDING,
      descriptors: [directory.fd],
      log,
      ...user,
    });
  } finally {
    await directory.close();
  }
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Its end without our asking is told by the query that it breaks.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === WRONG_PASSWORD) {
      throw new ServerStartError('Postgres refuses the password: its data folder was made with another one.', {
        cause: error,
      });
    }
    throw error;
  } finally {
    await client.end();
  }
}

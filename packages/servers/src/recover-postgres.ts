import { chmod, chown, lchown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { launchPostgres } from './postgres.ts';
import { runningServer } from './running-server.ts';
import type { RunningServer } from './server-process.ts';
import { unprivilegedUser, type SystemUser } from './unprivileged-user.ts';
import { untilReady } from './until-ready.ts';

export interface RecoverOptions {
  /** The folder with `postgres`. */
  bin: string;
  /** A base backup, unpacked. It is changed, and of no use for anything else afterwards. */
  dataDir: string;
  /** Who may sign in, and to which database, as it is in the backup. */
  user: string;
  database: string;
  /** Where to stop (`recovery_target_…`), and more as of postgresql.conf. Paths are relative to the data folder. */
  settings: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
  log?: (line: string) => void;
}

/** To be there, a Postgres reads all the WAL that it was given. */
const READY_MS = 24 * 3600 * 1000;
const PORT = 5432;

/**
 * Starts Postgres on a copy of another one, lets it replay the WAL that it finds up to where it shall stop, and waits until it takes
 * connections. Nobody knows its passwords, so it is reached by a socket in a folder that only we and its user may enter. Of how the other
 * one was set up, nothing holds.
 */
export async function recoverPostgres(options: RecoverOptions): Promise<RunningServer> {
  const { bin, dataDir, user: name, database, settings, signal, log } = options;
  const user = await unprivilegedUser();
  const sockets = await mkdtemp(join(tmpdir(), 'transcode-pg-'));
  const removeSockets = (): Promise<void> => rm(sockets, { recursive: true, force: true });
  try {
    await settleOwnConfiguration(dataDir);
    if (user !== undefined) {
      await chown(sockets, user.uid, user.gid);
      await giveAway(dataDir, user);
    }
    await chmod(dataDir, 0o700);
    const server = await launchPostgres({
      ...{ bin, dataDir, user },
      settings: {
        ...{ port: String(PORT), listen_addresses: '', unix_socket_directories: sockets },
        // A standby that may be asked has to have as many connections as the one that it follows.
        ...{ hot_standby: 'off', recovery_target_action: 'promote', archive_mode: 'off' },
        ...settings,
      },
      ...(log === undefined ? {} : { log }),
    });
    const address = new URL(`postgresql://localhost:${PORT}`);
    address.username = encodeURIComponent(name);
    address.pathname = `/${encodeURIComponent(database)}`;
    address.searchParams.set('host', sockets);
    const stop = (): void => server.kill('SIGINT');
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await untilReady(server, () => connect(address.href), READY_MS);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    const running = runningServer(server, { port: PORT, url: address.href });
    return {
      ...running,
      stop: async () => {
        await running.stop();
        await removeSockets();
      },
    };
  } catch (error) {
    await removeSockets();
    throw error;
  }
}

async function settleOwnConfiguration(dataDir: string): Promise<void> {
  const files = {
    'postgresql.conf': '',
    'postgresql.auto.conf': '',
    'pg_ident.conf': '',
    'pg_hba.conf': 'local all all trust\n',
    'recovery.signal': '',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(dataDir, name), content, { mode: 0o600 });
  await rm(join(dataDir, 'standby.signal'), { force: true });
}

async function giveAway(folder: string, { uid, gid }: SystemUser): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await lchown(join(entry.parentPath, entry.name), uid, gid);
}

async function connect(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}

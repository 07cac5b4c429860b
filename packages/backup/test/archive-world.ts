import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { findTools, startPostgres, type RunningServer } from '@transcode/servers';
import { openStorage, type Storage } from '@transcode/storage';
import { temporaryFolder, waitFor } from '@transcode/testing';
import { Client } from 'pg';
import { archiveStatus, archiveWal, findRoute, restoreDatabase, withTime, type Engine } from '../src/index.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface ArchiveWorld {
  store: Storage;
  engine: Engine;
  /** Stores what is written each so many milliseconds, until it is stopped. */
  archive(everyMs: number): Archiving;
  query<Row>(sql: string): Promise<Row[]>;
  /** A moment by the database's clock, between what was written before and what is written later. */
  moment(): Promise<Date>;
  /** Waits until all up to now can be restored. */
  archived(): Promise<void>;
  /** Puts the database as it was at a time in the place of the one that is there. */
  restoreTo(time: Date): Promise<void>;
  crash(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends the timeline and begins the next. */
  promote(): Promise<void>;
  /** Postgres and all that it had are gone; an empty one is in its place. */
  destroy(): Promise<void>;
  dispose(): Promise<void>;
}

export interface Archiving {
  /** Stores what there is, and ends. */
  end(): Promise<void>;
  /** Goes on where it ended by itself, as Postgres did. */
  readonly sayings: readonly string[];
}

/** A real Postgres with a table, and a store. */
export async function startArchiveWorld(change: Partial<Engine> = {}): Promise<ArchiveWorld> {
  const tools = await findTools({ root: ROOT, env: { PATH: '/usr/local/bin:/usr/bin:/bin' } });
  const temporary = await temporaryFolder('archive');
  const dataDir = join(temporary.path, 'postgres');
  const password = randomBytes(12).toString('base64url');
  // What a test writes need not survive a power cut.
  const settings = { fsync: 'off', shared_buffers: '32MB' };
  const options = { bin: tools.postgresBin, dataDir, password, settings };
  let server: RunningServer = await startPostgres(options);
  const { port, url } = server;
  const store = openStorage(pathToFileURL(join(temporary.path, 'store')).href, { reserveBytes: 0 });
  const engine: Engine = {
    ...{ store, media: undefined, databaseUrl: url, bin: tools.postgresBin, scratch: join(temporary.path, 'scratch') },
    ...{ recipients: [], identities: [], product: '0.1.0', ...change },
  };
  const start = async (): Promise<void> => {
    server = await startPostgres({ ...options, port });
  };
  const query = async <Row>(sql: string): Promise<Row[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const moment = async (): Promise<Date> => {
    await sleep(3);
    const [row] = await query<{ now: Date }>('SELECT clock_timestamp() AS now');
    await sleep(3);
    return row?.now ?? new Date(0);
  };
  return {
    ...{ store, engine, query, moment, start },
    archive: (everyMs) => keepArchiving(engine, everyMs),
    archived: async () => {
      const now = await moment();
      await waitFor(async () => ((await archiveStatus(store)).newest ?? 0) > now);
    },
    restoreTo: async (time) => {
      const route = await findRoute(store, time);
      await withTime(engine, { route, time }, (found) =>
        restoreDatabase({ ...engine, store: found.store, tombstones: engine.store }, found.backup),
      );
    },
    crash: async () => {
      server.kill('SIGKILL');
      await server.exited;
    },
    stop: () => server.stop(),
    promote: async () => {
      await server.stop();
      await writeFile(join(dataDir, 'standby.signal'), '');
      await start();
      await query('SELECT pg_promote()');
    },
    destroy: async () => {
      server.kill('SIGKILL');
      await server.exited;
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
      await start();
    },
    dispose: async () => {
      await server.stop();
      await temporary.remove();
    },
  };
}

function keepArchiving(engine: Engine, everyMs: number): Archiving {
  const ending = new AbortController();
  const sayings: string[] = [];
  const running = (async () => {
    while (!ending.signal.aborted) {
      const say = (sentence: string): number => sayings.push(sentence);
      await archiveWal({ ...engine, say }, { everyMs, signal: ending.signal }).catch((error: unknown) =>
        sayings.push(String(error)),
      );
      if (!ending.signal.aborted) await sleep(100);
    }
  })();
  return {
    sayings,
    end: async () => {
      ending.abort();
      await running;
    },
  };
}

import { Client } from 'pg';
import type { Logger } from '@transcode/telemetry';

/** Any number that nothing else in this database locks. */
const LOCK = 7_301_824_411;

/**
 * One of all replicas holds an advisory lock on a connection of its own. Postgres frees it with the connection, however the
 * process dies, and another replica gets it in its next round.
 */
export class Election {
  readonly #url: string;
  readonly #log: Logger;
  #client: Client | undefined;
  #elected = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  /** Whether this replica holds the lock, after trying to get it. While the database is away nobody does. */
  async isElected(): Promise<boolean> {
    try {
      const client = (this.#client ??= await this.#connect());
      if (this.#elected) await client.query('SELECT 1');
      else this.#elected = await tryLock(client);
    } catch (error) {
      this.#log.warn({ err: error }, 'The reconciler cannot reach the database');
      await this.resign();
    }
    return this.#elected;
  }

  async resign(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#elected = false;
    // Closing a connection that is broken already has nothing left to fail at.
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      application_name: 'transcode-reconciler',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client.on('error', () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#elected = false;
    });
    await client.connect();
    return client;
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
  return rows[0]?.locked === true;
}

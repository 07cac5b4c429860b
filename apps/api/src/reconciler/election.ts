import { hostname } from 'node:os';
import { ELECTION_SILENT_MS } from '@transcode/contracts';
import type { Logger } from '@transcode/telemetry';
import { Client } from 'pg';
import { endSilent, renew, tryToHold } from './election-row.ts';

/** Connecting, or a question, takes no longer: a connection that is silent is given up for another. */
const ANSWER_MS = 3_000;

/**
 * One of all replicas holds an advisory lock on a connection of its own. Postgres frees it with the connection, however the process
 * dies. One that is merely stopped keeps its connection, so the holder also writes that it lives; one that is silent for too long
 * has its connection ended by another, and no longer believes in its election by then: it does so only for as long after it last
 * asked.
 */
export class Election {
  readonly #url: string;
  readonly #log: Logger;
  readonly #holder = `${hostname()}-${process.pid}`;
  #client: Client | undefined;
  #elected = false;
  #sureUntil = -Infinity;
  #failedAt = -Infinity;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  get isElected(): boolean {
    return this.#elected && performance.now() < this.#sureUntil;
  }

  /** For how long the database has answered without a break, as far as this replica saw. */
  get steadyMs(): number {
    return performance.now() - this.#failedAt;
  }

  /** Renews the election, or tries to win it. While the database is away nobody is elected. */
  async beat(): Promise<void> {
    const asked = performance.now();
    try {
      const client = (this.#client ??= await this.#connect());
      if (this.#elected) await this.#keep(client);
      else await this.#win(client);
      this.#sureUntil = asked + ELECTION_SILENT_MS;
    } catch (error) {
      this.#failedAt = performance.now();
      this.#log.warn({ err: error }, 'The reconciler cannot reach the database');
      await this.resign();
    }
  }

  async resign(): Promise<void> {
    const client = this.#client;
    this.#lose();
    // Closing a connection that is broken already has nothing left to fail at.
    await client?.end().catch(() => undefined);
  }

  async #keep(client: Client): Promise<void> {
    if (await renew(client)) return;
    // The lock is ours, but somebody else is written down, as after a restore: from the start.
    this.#log.warn('The election of this replica is not in the database any more');
    await this.resign();
  }

  async #win(client: Client): Promise<void> {
    const silent = await endSilent(client, ELECTION_SILENT_MS);
    if (silent !== undefined)
      this.#log.warn({ holder: silent }, 'The replica that reconciled went silent and is relieved');
    this.#elected = await tryToHold(client, this.#holder);
    if (this.#elected) this.#log.info({ holder: this.#holder }, 'This replica reconciles from now on');
  }

  #lose(): void {
    if (this.#elected) this.#log.info('This replica no longer reconciles');
    this.#client = undefined;
    this.#elected = false;
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      application_name: 'transcode-reconciler',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client.on('error', () => {
      if (this.#client === client) this.#lose();
    });
    await client.connect();
    return client;
  }
}

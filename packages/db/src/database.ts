import { AsyncResource } from 'node:async_hooks';
import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import { LEASE_MS } from '@transcode/contracts';
import { Pool, type PoolConfig } from 'pg';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { MeasuredClient } from './measured-client.ts';

export interface DatabaseOptions {
  /** The most connections open at once. */
  poolSize?: number;
  /** A connection over which nothing has come for so long is given up, and what was asked over it fails. SILENT_MS unless told. */
  silentMs?: number;
  /** Is told of broken connections; what was asked over them fails by itself. */
  log?: (message: string, error: Error) => void;
}

/** Prisma's client over node-postgres: no native engine, one pool. Ends by `$disconnect()`. */
export type Database = PrismaClient;

/** What works inside a transaction; a `Database` does too. */
export type Transaction = Prisma.TransactionClient;

/**
 * Prisma remembers how it runs a query by the query's shape, but a batch by its values, too: each is another one, some 10 KiB, of which
 * it would keep a thousand.
 */
const PLANS_KEPT = 250;
const CONNECT_MS = 5_000;
/** A server that lost its power, or a line that was cut, says nothing: without a limit of ours it takes the kernel from 15 minutes to 2 hours. */
const SILENT_MS = 15_000;
/** Idle connections are closed before they could be taken for broken ones. */
const IDLE_MS = 10_000;
/** A transaction gets a connection, and ends, within these. */
const TRANSACTION_WAIT_MS = 10_000;
const TRANSACTION_MS = 30_000;

export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new OwnContextPool({
    Client: MeasuredClient,
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    stream: () => socketThatHears(options.silentMs ?? SILENT_MS),
    // A process that is stopped in the middle of a transaction, or cut off, keeps no row from the others for longer.
    idle_in_transaction_session_timeout: LEASE_MS,
  });
  // Whoever asks first, Prisma or what goes around it: an error that nobody listens to would end the process.
  pool.on('error', (error) => options.log?.('A database connection broke', error));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onConnectionError: (error) => options.log?.('A database connection broke', error),
  });
  const db = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    queryPlanCacheMaxSize: PLANS_KEPT,
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_MS },
  });
  pools.set(db, pool);
  return db;
}

/** Whoever waits for a connection goes on as who it is, and not as who gave the connection back: in its own trace. */
class OwnContextPool extends Pool {
  constructor(config: PoolConfig) {
    super(config);
    const connect = this.connect.bind(this) as (...asked: unknown[]) => unknown;
    this.connect = ((answer?: (...answered: unknown[]) => void) =>
      answer === undefined ? connect() : connect(AsyncResource.bind(answer))) as Pool['connect'];
  }
}

const pools = new WeakMap<Database, Pool>();

/** The connections that Prisma has, too. */
export function poolOf(db: Database): Pool {
  const pool = pools.get(db);
  if (pool === undefined) throw new Error('This database was not made by createDatabase.');
  return pool;
}

/** How the connections of this process are: its own, and those who want one and have none. */
export function poolUse(db: Database): { used: number; idle: number; waiting: number; size: number } {
  const { totalCount, idleCount, waitingCount, options } = poolOf(db);
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount, size: options.max };
}

/** While a statement runs nothing comes either: none of ours takes so long. */
function socketThatHears(silentMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silentMs, () => socket.destroy(new Error(`Connection terminated: silent for ${silentMs} ms`)));
  return socket;
}

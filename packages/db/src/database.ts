import { PrismaPg } from '@prisma/adapter-pg';
import { LEASE_MS } from '@transcode/contracts';
import { type Prisma, PrismaClient } from './generated/client.ts';

export interface DatabaseOptions {
  /** The most connections open at once. */
  poolSize?: number;
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
const IDLE_MS = 30_000;
/** A transaction gets a connection, and ends, within these. */
const TRANSACTION_WAIT_MS = 10_000;
const TRANSACTION_MS = 30_000;

export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      // A process that is stopped in the middle of a transaction, or cut off, keeps no row from the others for longer.
      idle_in_transaction_session_timeout: LEASE_MS,
    },
    {
      onPoolError: (error) => options.log?.('A database connection broke', error),
      onConnectionError: (error) => options.log?.('A database connection broke', error),
    },
  );
  return new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    queryPlanCacheMaxSize: PLANS_KEPT,
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_MS },
  });
}

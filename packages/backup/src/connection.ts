import { TranscodeError } from '@transcode/contracts';
import { Client, DatabaseError } from 'pg';

const CONNECT_MS = 10_000;
/** Rows as text are the same in every session that says this. */
const SESSION = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0`;
const PASSED_ON = { sslmode: 'PGSSLMODE', sslrootcert: 'PGSSLROOTCERT', sslcert: 'PGSSLCERT', sslkey: 'PGSSLKEY' };

/** Runs something on a connection of its own. What cannot be reached, or does not let us in, is told in a sentence. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
  // A connection that breaks makes the running query fail; that is the one place to hear of it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(SESSION);
  } catch (error) {
    // Why it was not reached is told; how it is left is not.
    await client.end().catch(() => undefined);
    throw notReached(error);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Why a connection could not be had. */
export function notReached(error: unknown): TranscodeError {
  // Starting up and shutting down are told by the server, too.
  if (!(error instanceof DatabaseError) || error.code?.startsWith('57P') === true)
    return new TranscodeError('database_unavailable', {}, { cause: error });
  return new TranscodeError('backup_failed', { reason: `Postgres says: ${error.message}` }, { cause: error });
}

/** What Postgres' own programs read of their environment; so the password is in no list of processes. */
export function libpqEnvironment(url: string): Record<string, string> {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const tls = Object.entries(PASSED_ON).flatMap(([name, variable]) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[variable, value] as const];
  });
  return {
    PGHOST: searchParams.get('host') ?? hostname.replaceAll(/[[\]]/g, ''),
    PGPORT: port === '' ? '5432' : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: databaseOf(url),
    PGCONNECT_TIMEOUT: String(CONNECT_MS / 1_000),
    PGAPPNAME: 'transcode backup',
    ...Object.fromEntries(tls),
  };
}

export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** The address of another database of the same server. */
export function besideIt(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

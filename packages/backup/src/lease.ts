import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';

/** Beside that of the migrations; each ends with its session, however that ends. */
const LOCKS = { dump: 72_707_370, base: 72_707_371, restore: 72_707_372 };
const TAKEN = { dump: 'backup_running', base: 'backup_running', restore: 'restore_running' } as const;

/** One of each kind on a database at a time: throws `backup_running` or `restore_running` where another has begun. */
export async function holdLease<T>(client: Client, kind: keyof typeof LOCKS, work: () => Promise<T>): Promise<T> {
  const lock = LOCKS[kind];
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
  if (rows[0]?.held !== true) throw new TranscodeError(TAKEN[kind]);
  try {
    return await work();
  } finally {
    // A session that broke holds nothing any more.
    await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch(() => undefined);
  }
}

/** Throws unless the session, and with it the lease, is still there. */
export async function stillHeld(client: Client): Promise<void> {
  try {
    await client.query('SELECT 1');
  } catch (cause) {
    throw new TranscodeError('backup_failed', { reason: 'the connection to Postgres broke meanwhile' }, { cause });
  }
}

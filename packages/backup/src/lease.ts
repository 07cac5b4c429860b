import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';

/** Beside that of the migrations; each ends with its session, however that ends. */
const LOCKS = { dump: 72_707_370, base: 72_707_371 };

/** One backup of each kind of a database at a time: throws `backup_running` where another has begun. */
export async function holdLease<T>(client: Client, kind: keyof typeof LOCKS, work: () => Promise<T>): Promise<T> {
  const lock = LOCKS[kind];
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock]);
  if (rows[0]?.held !== true) throw new TranscodeError('backup_running');
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

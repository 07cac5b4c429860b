import type { Client } from 'pg';
import { parseLsn, type Lsn } from './lsn.ts';

/** By it Postgres knows what WAL it must not forget yet. */
export const SLOT = 'transcode_archive';

/** Makes the slot, anew where Postgres has given it up. From where on there is WAL. */
export async function readySlot(client: Client): Promise<Lsn> {
  const { rows } = await client.query<{ status: string | null; restart: string | null }>(
    'SELECT wal_status AS status, restart_lsn::text AS restart FROM pg_replication_slots WHERE slot_name = $1',
    [SLOT],
  );
  const [slot] = rows;
  if (slot !== undefined && slot.restart !== null && slot.status !== 'lost') return parseLsn(slot.restart);
  if (slot !== undefined) await client.query('SELECT pg_drop_replication_slot($1)', [SLOT]);
  await client.query('SELECT pg_create_physical_replication_slot($1, true)', [SLOT]);
  return readySlot(client);
}

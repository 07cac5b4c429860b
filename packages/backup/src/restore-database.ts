import { TranscodeError } from '@transcode/contracts';
import { openMigrations } from '@transcode/db';
import { DatabaseError, type Client } from 'pg';
import type { Backup, Readable } from './backup-store.ts';
import { besideIt, databaseOf, withClient } from './connection.ts';
import type { Engine } from './engine.ts';
import { applyTombstones, tombstonesSince } from './erasures/apply-tombstones.ts';
import { checkStored, loadBackup } from './load.ts';
import type { Manifest } from './manifest.ts';
import { surveyTables, tableNames } from './survey.ts';

interface RestoreEngine extends Pick<Engine, 'store' | 'identities' | 'bin' | 'databaseUrl' | 'signal' | 'say'> {
  /** The store that was told what was erased, which no restore may bring back. `store` may be another, of this restore alone. */
  tombstones: Readable;
}

export interface RestorePlan {
  manifest: Manifest;
  /** Tables whose rows are not what they would be, with how many there are now and how many there would be. */
  changes: readonly { table: string; now: number; restored: number }[];
  /** Migrations that it would take. */
  migrations: readonly string[];
  /** How much was erased since, which would be erased from it once more. */
  erasures: number;
}

export interface Restored {
  /** Migrations that it took. */
  readonly migrated: readonly string[];
  /** How much of what was erased since it had brought back, and was erased once more. */
  readonly erased: number;
}

/** What a restore would change, of nothing where there is no server yet; changes nothing. Throws where the backup is damaged, or newer than we are. */
export async function planRestore(
  { store, tombstones, databaseUrl }: Pick<RestoreEngine, 'store' | 'tombstones'> & { databaseUrl: string | undefined },
  { manifest }: Backup,
): Promise<RestorePlan> {
  await checkStored(store, manifest);
  const migrations = await openMigrations(manifest.schema);
  if (migrations === undefined)
    throw new TranscodeError('backup_unusable', {
      backup: manifest.id,
      reason: `it was made by a newer version, of which this one does not know the schema ${manifest.schema ?? ''}`,
    });
  const isThereNow = databaseUrl !== undefined && (await exists(databaseUrl));
  const now = isThereNow ? await withClient(databaseUrl, surveyTables) : {};
  const { tables } = manifest.survey;
  const names = [...new Set([...Object.keys(now), ...Object.keys(tables)])].toSorted();
  const changes = names
    .filter((table) => now[table] === undefined || now[table].digest !== tables[table]?.digest)
    .map((table) => ({ table, now: now[table]?.rows ?? 0, restored: tables[table]?.rows ?? 0 }));
  const erasures = (await tombstonesSince(tombstones, new Date(manifest.begunAt))).length;
  return { manifest, changes, migrations, erasures };
}

/**
 * Puts a backup in the place of a database. It is restored beside it, held against its manifest, migrated, and rid of what was erased since;
 * then the two change names in one transaction, and the old one is dropped. Whatever fails before that leaves the old one as it was. Refused
 * while anybody is connected to it.
 */
export async function restoreDatabase(engine: RestoreEngine, { manifest }: Backup): Promise<Restored> {
  const { store, tombstones, identities, bin, databaseUrl, signal, say } = engine;
  const name = databaseOf(databaseUrl);
  const [fresh, old] = [`${name}_restored`, `${name}_before`];
  return withClient(besideIt(databaseUrl, 'postgres'), async (client) => {
    await demandAlone(client, name);
    // Of a restore that was broken off.
    await drop(client, fresh);
    await drop(client, old);
    await create(client, fresh, name);
    try {
      say?.(`Restoring ${manifest.id} …`);
      const url = besideIt(databaseUrl, fresh);
      const migrated = await loadBackup({ store, manifest, identities, bin, url, signal, mayBeNewer: false });
      const erased = await applyTombstones(url, tombstones);
      await withClient(url, (beside) => beside.query('ANALYZE'));
      await demandAlone(client, name);
      await swap(client, { name, fresh, old });
      await drop(client, old);
      return { migrated, erased };
    } finally {
      await drop(client, fresh);
    }
  });
}

/** Whether a database has anything in it that a restore would replace. */
export async function holdsRows(databaseUrl: string): Promise<boolean> {
  if (!(await exists(databaseUrl))) return false;
  return withClient(databaseUrl, async (client) => {
    for (const name of await tableNames(client)) {
      if (name !== 'public._prisma_migrations' && (await holdsAny(client, name))) return true;
    }
    return false;
  });
}

/** One that is damaged held some: Postgres never reads the page of an empty table. */
async function holdsAny(client: Client, table: string): Promise<boolean> {
  try {
    const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ONLY ${table}) AS "any"`);
    return rows[0]?.any === true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code?.startsWith(CORRUPTED) === true) return true;
    throw error;
  }
}

/** Postgres' class of errors for what should never be: data_corrupted, index_corrupted, internal_error. */
const CORRUPTED = 'XX';

async function exists(databaseUrl: string): Promise<boolean> {
  return withClient(besideIt(databaseUrl, 'postgres'), (client) => isThere(client, databaseOf(databaseUrl)));
}

async function isThere(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  return rowCount === 1;
}

/** With the letters and the order of letters of the one that it will replace. */
async function create(client: Client, fresh: string, like: string): Promise<void> {
  const { rows } = await client.query<{ encoding: string; collate: string; ctype: string }>(
    `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, datctype AS ctype FROM pg_database
     WHERE datname = $1 AND datlocprovider = 'c'`,
    [like],
  );
  const options = rows.map(
    ({ encoding, collate, ctype }) =>
      ` ENCODING ${client.escapeLiteral(encoding)} LC_COLLATE ${client.escapeLiteral(collate)} LC_CTYPE ${client.escapeLiteral(ctype)}`,
  );
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(fresh)} TEMPLATE template0${options.join('')}`);
}

async function demandAlone(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ connections: number }>(
    `SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
    [name],
  );
  const { connections = 0 } = rows[0] ?? {};
  if (connections > 0) throw new TranscodeError('restore_refused', { connections });
}

async function swap(client: Client, { name, fresh, old }: { name: string; fresh: string; old: string }): Promise<void> {
  const rename = (from: string, to: string): string =>
    `ALTER DATABASE ${client.escapeIdentifier(from)} RENAME TO ${client.escapeIdentifier(to)}`;
  const hasOld = await isThere(client, name);
  await client.query('BEGIN');
  try {
    if (hasOld) await client.query(rename(name, old));
    await client.query(rename(fresh, name));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function drop(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)}`);
}

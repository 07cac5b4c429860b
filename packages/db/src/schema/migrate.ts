import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { readMigrations, type Migration } from './read-migrations.ts';

/** The number the official CLI locks too, so that the two wait for each other. */
const LOCK = 72_707_369;

interface Recorded {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

interface MigrateOptions {
  /**
   * Leaves a database alone that a newer version has migrated, where otherwise it is refused. Migrations only expand within a release, so
   * that a version that is rolled back to finds all it knows.
   */
  mayBeNewer?: boolean;
}

interface Migrated {
  applied: string[];
  /** Those of a newer version that were there already. */
  newer: string[];
}

/**
 * Brings a database to the newest schema, and says which migrations that took. Does what `prisma migrate deploy` does, without its
 * native engine: same folder, same table, same checksums, same lock, so that either may go on where the other left off.
 */
export async function migrate(url: string, { mayBeNewer = false }: MigrateOptions = {}): Promise<Migrated> {
  const migrations = await readMigrations();
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks makes the running query fail; that is the one place to hear of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const recorded = await client.query<Recorded>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
    const newer = mayBeNewer ? newerThan(migrations, recorded.rows) : [];
    const own = recorded.rows.filter(({ migration_name: name }) => !newer.includes(name));
    const open = pending(migrations, own);
    for (const migration of open) await apply(client, migration);
    return { applied: open.map(({ name }) => name), newer };
  } finally {
    // Ending the session lets go of the lock.
    await client.end();
  }
}

/** Finished migrations that come after all of ours. One between ours is of another history, not of a newer version. */
function newerThan(migrations: readonly Migration[], recorded: readonly Recorded[]): string[] {
  const last = migrations.at(-1)?.name ?? '';
  return recorded
    .filter(({ migration_name: name, finished_at: finished }) => name > last && finished !== null)
    .map(({ migration_name: name }) => name);
}

/** What is still to be applied, in order; refuses a history that is not ours. */
function pending(migrations: readonly Migration[], recorded: readonly Recorded[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at: finished } of recorded) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw new Error(`The database has the migration ${name}, which this version does not know: it is a newer one's.`);
    }
    if (finished === null)
      throw new Error(`The migration ${name} failed half-way earlier and has to be resolved by hand.`);
    if (checksum !== migration.checksum)
      throw new Error(`The migration ${name} was changed after it had been applied.`);
  }
  const done = new Set(recorded.map(({ migration_name: name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

/** The script and its record stand or fall together. */
async function apply(client: Client, { name, checksum, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, transaction_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(
      `The migration ${name} could not be applied: ${cause instanceof Error ? cause.message : 'unknown'}`,
      {
        cause,
      },
    );
  }
}

/** As the official CLI makes it. */
const MIGRATIONS_TABLE = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

import { Client } from 'pg';
import { openMigrations } from './open-migrations.ts';

/** What `migrate` would apply to a database that an earlier version has migrated; nothing to a new one, or one that is newer than we are. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows: there } = await client.query(`SELECT 1 WHERE to_regclass('public._prisma_migrations') IS NOT NULL`);
    if (there.length === 0) return [];
    const { rows } = await client.query<{ last: string | null }>(
      'SELECT max(migration_name) AS last FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const last = rows[0]?.last ?? undefined;
    return last === undefined ? [] : ((await openMigrations(last)) ?? []);
  } finally {
    await client.end();
  }
}

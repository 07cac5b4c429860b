import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '@transcode/db';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBackup, holdsRows, makeBackup, planRestore, restoreDatabase } from '../src/index.ts';
import { besideIt, withClient } from '../src/connection.ts';
import { startWorld, type World } from './world.ts';

const MIGRATIONS = join(import.meta.dirname, '../../db/prisma/migrations');

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.dispose());

/** Another database of the same server, to which nobody is connected. */
async function newDatabase(
  name: string,
): Promise<{ engine: ReturnType<World['engine']>; query: (sql: string) => Promise<unknown[]> }> {
  await withClient(world.stack.databaseUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const databaseUrl = besideIt(world.stack.databaseUrl, name);
  const query = (sql: string): Promise<unknown[]> =>
    withClient(databaseUrl, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
  return { engine: world.engine({ databaseUrl, media: undefined }), query };
}

test('brings back rows, sequences, extensions and indexes; what came later is gone', async () => {
  const { engine, query } = await newDatabase('whole');
  await migrate(engine.databaseUrl);
  expect(await holdsRows(engine.databaseUrl)).toBe(false);
  await query(`INSERT INTO "Workspace" (id, name) VALUES (gen_random_uuid(), 'Ours')`);
  await query('CREATE TABLE counted (id serial PRIMARY KEY)');
  await query('INSERT INTO counted DEFAULT VALUES; INSERT INTO counted DEFAULT VALUES');
  await query(`SELECT lo_from_bytea(0, 'large')`);
  expect(await holdsRows(engine.databaseUrl)).toBe(true);
  await makeBackup(engine, 'asked');

  await query(`UPDATE "Workspace" SET name = 'Spoilt'; INSERT INTO counted DEFAULT VALUES`);
  const backup = await findBackup(engine.store);
  const plan = await planRestore(engine, backup);
  expect(plan).toMatchObject({
    changes: [
      { table: 'public."Workspace"', now: 1, restored: 1 },
      { table: 'public.counted', now: 3, restored: 2 },
    ],
    migrations: [],
    erasures: 0,
  });
  expect(await query(`SELECT name FROM "Workspace"`)).toEqual([{ name: 'Spoilt' }]);

  expect(await restoreDatabase(engine, backup)).toEqual({ migrated: [], erased: 0 });
  expect(await query(`SELECT name FROM "Workspace"`)).toEqual([{ name: 'Ours' }]);
  expect(await query('INSERT INTO counted DEFAULT VALUES RETURNING id')).toEqual([{ id: 3 }]);
  expect(await query(`SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'`)).toHaveLength(1);
  expect(await query(`SELECT convert_from(lo_get(oid), 'UTF8') AS said FROM pg_largeobject_metadata`)).toEqual([
    { said: 'large' },
  ]);
  expect(await query(`SELECT datname FROM pg_database WHERE datname LIKE 'whole%'`)).toHaveLength(1);
});

test('is refused while somebody is connected, and leaves all as it was where the backup is damaged', async () => {
  const { engine, query } = await newDatabase('guarded');
  await migrate(engine.databaseUrl);
  await query(`INSERT INTO "Workspace" (id, name) VALUES (gen_random_uuid(), 'Now')`);
  await makeBackup(engine, 'asked');
  const backup = await findBackup(engine.store);

  const client = new Client({ connectionString: engine.databaseUrl });
  await client.connect();
  await expect(restoreDatabase(engine, backup)).rejects.toMatchObject({ code: 'restore_refused' });
  await client.end();

  const { file, survey } = backup.manifest;
  const tables = { ...survey.tables, 'public."Workspace"': { rows: 2, digest: '0' } };
  const lying = { ...backup, manifest: { ...backup.manifest, survey: { ...survey, tables } } };
  await expect(restoreDatabase(engine, lying)).rejects.toMatchObject({
    message: expect.stringContaining('"Workspace" has 1 rows and should have 2'),
  });
  await engine.store.delete([file.key]);
  await expect(restoreDatabase(engine, backup)).rejects.toMatchObject({ code: 'backup_damaged' });
  expect(await query(`SELECT name FROM "Workspace"`)).toEqual([{ name: 'Now' }]);
  expect(await query(`SELECT datname FROM pg_database WHERE datname LIKE 'guarded%'`)).toHaveLength(1);
});

test('a backup of the schema before this one is proven and restored, and brought to this one', async () => {
  const { engine, query } = await newDatabase('older');
  const names = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const [newest = '', ...rest] = names
    .map(({ name }) => name)
    .toSorted()
    .toReversed();
  await query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0)`);
  for (const name of rest.toReversed()) {
    const script = await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
    await query(script);
    const checksum = createHash('sha256').update(script).digest('hex');
    await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES (gen_random_uuid(), '${checksum}', '${name}', now())`);
  }
  const { manifest, proof } = await makeBackup({ ...engine, media: world.media }, 'upgrade');
  expect([manifest.schema, proof.result, proof.migrated]).toEqual([rest[0], 'good', [newest]]);

  const backup = await findBackup(engine.store);
  expect((await planRestore(engine, backup)).migrations).toEqual([newest]);
  expect(await restoreDatabase(engine, backup)).toEqual({ migrated: [newest], erased: 0 });
  expect((await migrate(engine.databaseUrl)).applied).toEqual([]);
});

test('a backup of a newer schema is proven as it is, and not restored by this version', async () => {
  const { engine, query } = await newDatabase('newer');
  await migrate(engine.databaseUrl);
  await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
    VALUES ('newer', 'unknown', '99991231000000_of_a_newer_version', now())`);
  expect((await makeBackup({ ...engine, media: world.media }, 'asked')).proof.result).toBe('good');
  const backup = await findBackup(engine.store);
  await expect(planRestore(engine, backup)).rejects.toMatchObject({ code: 'backup_unusable' });
  await expect(restoreDatabase(engine, backup)).rejects.toMatchObject({ code: 'backup_unusable' });
  expect(await query(`SELECT 1 FROM _prisma_migrations WHERE id = 'newer'`)).toHaveLength(1);
});

test('into a server that has no such database', async () => {
  const { engine, query } = await newDatabase('source');
  await migrate(engine.databaseUrl);
  await query(`INSERT INTO "Workspace" (id, name) VALUES (gen_random_uuid(), 'Ours')`);
  await makeBackup(engine, 'asked');
  const databaseUrl = besideIt(engine.databaseUrl, 'made anew');
  expect(await holdsRows(databaseUrl)).toBe(false);
  await restoreDatabase({ ...engine, databaseUrl }, await findBackup(engine.store));
  expect(await holdsRows(databaseUrl)).toBe(true);
});

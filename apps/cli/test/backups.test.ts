import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { createDatabase, migrate } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepSafe } from '../src/backups/keep-safe.ts';
import { backUpBeforeUpgrade } from '../src/backups/before-upgrade.ts';
import { withOwnPostgres } from '../src/backups/with-database.ts';
import { dataFolderAt, type DataFolder } from '../src/data-folder/data-folder.ts';
import { readSecrets } from '../src/data-folder/secrets.ts';
import type { Site } from '../src/supervisor/services.ts';
import { listeningContext, PATH, ROOT, runCommand, type Answer } from './run-command.ts';

const PATIENCE = { timeout: 120_000, interval: 500 };

let temporary: TemporaryFolder;
let data: DataFolder;
let identity: string;
let identityFile: string;
let env: Record<string, string>;

beforeAll(async () => {
  // A space in the path, because people have them.
  temporary = await temporaryFolder('back ups');
  data = dataFolderAt(path.join(temporary.path, 'data'));
  identity = await generateX25519Identity();
  identityFile = path.join(temporary.path, 'key.txt');
  await writeFile(identityFile, `# created: today\n${identity}\n`);
  env = {
    ...{ PATH, DISK_RESERVE_MIB: '256', BACKUP_RECIPIENTS: await identityToRecipient(identity) },
    BACKUP_URL: pathToFileURL(path.join(temporary.path, 'second store')).href,
  };
  await inDatabase(data, async (url) => {
    await migrate(url);
    await setName(url, 'Good');
  });
});
afterAll(() => temporary.remove());

const run = (args: readonly string[], settings = env): Promise<Answer> => runCommand(args, settings);

async function inDatabase<T>(folder: DataFolder, work: (url: string) => Promise<T>): Promise<T> {
  const { context } = listeningContext({ PATH });
  const tools = await findTools({ root: ROOT, env: { PATH } });
  return withOwnPostgres(context, folder, tools, work);
}
async function setName(url: string, name: string): Promise<void> {
  const db = createDatabase(url, { poolSize: 1 });
  await db.workspace.deleteMany();
  await db.workspace.create({ data: { name } });
  await db.$disconnect();
}
const nameIn = (folder: DataFolder): Promise<string | undefined> =>
  inDatabase(folder, async (url) => {
    const db = createDatabase(url, { poolSize: 1 });
    const row = await db.workspace.findFirst();
    await db.$disconnect();
    return row?.name;
  });
const idOf = (printed: string): string => /\d{8}-\d{8}T\d{6}Z/.exec(printed)?.[0] ?? '';

test('there is nothing to back up in an empty folder, and nothing is made of it', async () => {
  const nowhere = path.join(temporary.path, 'nowhere');
  expect(await run(['backup', '--data', nowhere])).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no installation'),
  });
  expect(await run(['restore', '--data', nowhere])).toMatchObject({
    code: 1,
    said: 'There is no good backup in this store.',
  });
  expect(existsSync(nowhere)).toBe(false);
});

test('from an empty folder with nothing but store, key and command', async () => {
  const made = await run(['backup', '--data', data.path]);
  expect([made.code, made.printed]).toEqual([0, expect.stringMatching(/1 row|rows/)]);
  expect(made.printed).toContain('encrypted');
  expect(made.said).not.toContain('on the disk that it is to protect');
  expect((await run(['backup', '--list', '--data', data.path])).printed).toMatch(/asked {4} restored 20/);

  const fresh = dataFolderAt(path.join(temporary.path, 'fresh'));
  const dry = await run(['restore', '--dry-run', '--data', fresh.path]);
  expect([dry.code, dry.printed]).toEqual([0, expect.stringContaining('public."Workspace": 0 rows now, 1 row then')]);
  expect(existsSync(fresh.path)).toBe(false);

  expect(await run(['restore', '--data', fresh.path])).toMatchObject({
    code: 1,
    said: expect.stringContaining('Give its private key'),
  });
  const restored = await run(['restore', '--identity', identityFile, '--data', fresh.path]);
  expect([restored.code, restored.said]).toEqual([0, expect.not.stringContaining('transcode:')]);
  expect(await nameIn(fresh)).toBe('Good');
});

test('rows are replaced on a word only, and after a backup of them', async () => {
  await inDatabase(data, (url) => setName(url, 'Bad'));
  const refused = await run(['restore', '--identity', identityFile, '--data', data.path]);
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--replace does so') });
  expect(await nameIn(data)).toBe('Bad');

  const good = idOf((await run(['backup', '--list', '--data', data.path])).printed);
  const restored = await run(['restore', good, '--replace', '--identity', identityFile, '--data', data.path]);
  expect([restored.code, restored.printed]).toEqual([0, expect.stringContaining(`Restored ${good}`)]);
  expect(await nameIn(data)).toBe('Good');

  const list = (await run(['backup', '--list', '--data', data.path])).printed.split('\n');
  expect(list).toHaveLength(2);
  const safety = idOf(list[1] ?? '');
  expect(list[1]).toContain(' restore ');
  expect((await run(['restore', safety, '--replace', '--identity', identityFile, '--data', data.path])).code).toBe(0);
  expect(await nameIn(data)).toBe('Bad');
});

test('a database that is damaged is let go of on a second word only', { timeout: 300_000 }, async () => {
  const damaged = dataFolderAt(path.join(temporary.path, 'damaged'));
  const restore = (...words: string[]): Promise<Answer> =>
    run(['restore', ...words, '--identity', identityFile, '--data', damaged.path]);
  const good = idOf((await run(['backup', '--list', '--data', data.path])).printed);
  expect((await restore(good)).code).toBe(0);
  const page = await inDatabase(damaged, async (url) => {
    await setName(url, 'Bad');
    const db = createDatabase(url, { poolSize: 1 });
    await db.audit.create({ data: { action: 'auth.signOut', target: 'somebody' } });
    const [file] = await db.$queryRaw<{ path: string }[]>`SELECT pg_relation_filepath('"Audit"') AS "path"`;
    await db.$disconnect();
    return path.join(damaged.postgres, file?.path ?? '');
  });
  await writeFile(page, Buffer.alloc(8_192, 0xff));

  expect((await restore(good, '--discard')).said).toContain('--discard needs --replace beside it.');
  expect((await restore(good, '--replace', '--discard', '--video', 'any')).said).toContain('is for a whole database');
  const refused = await restore(good, '--replace');
  expect(refused).toMatchObject({
    code: 1,
    said: expect.stringMatching(/invalid page in block 0[^]*So nothing was replaced\.[^]*--replace --discard/),
  });
  expect(await nameIn(damaged)).toBe('Bad');

  const restored = await restore(good, '--replace', '--discard');
  expect(restored).toMatchObject({
    code: 0,
    printed: expect.stringContaining(`Restored ${good}`),
    said: expect.stringContaining('What is there is replaced without a backup of it.'),
  });
  expect(await nameIn(damaged)).toBe('Good');
  expect((await run(['backup', '--data', damaged.path])).code).toBe(0);
});

test('without BACKUP_URL it says that they are on the disk that they are to protect', async () => {
  const { code, said } = await run(['backup', '--data', data.path], { PATH, DISK_RESERVE_MIB: '256' });
  expect([code, said]).toEqual([0, expect.stringContaining('on the disk that it is to protect')]);
  expect(await readdir(data.backups)).toContain('postgres');
});

test('is refused on an installation that runs, and while another command has its folder', async () => {
  await inDatabase(data, async () => {
    const { code, said } = await run(['restore', '--replace', '--identity', identityFile, '--data', data.path]);
    expect([code, said]).toEqual([1, expect.stringContaining('is starting or stopping')]);
  });
});

/** Leaves an empty database as all migrations but the newest make it. */
async function unmigrateLast(url: string, psql: string): Promise<void> {
  const db = createDatabase(url, { poolSize: 1 });
  for (const statement of [
    ...['CREATE SCHEMA kept', 'ALTER TABLE _prisma_migrations SET SCHEMA kept'],
    ...['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public'],
    ...['ALTER TABLE kept._prisma_migrations SET SCHEMA public', 'DROP SCHEMA kept'],
    'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)',
  ])
    await db.$executeRawUnsafe(statement);
  const older = await db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations ORDER BY migration_name`;
  await db.$disconnect();
  const files = older.flatMap(({ name }) => [
    '--file',
    path.join(ROOT, 'packages/db/prisma/migrations', name, 'migration.sql'),
  ]);
  await promisify(execFile)(psql, [url, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', ...files]);
}

test('an upgrade takes a backup before it migrates, tries it on the copy, and does not go on without', async () => {
  const older = dataFolderAt(path.join(temporary.path, 'older'));
  await inDatabase(older, async (url) => {
    await migrate(url);
    await setName(url, 'Older');
    const tools = await findTools({ root: ROOT, env: { PATH } });
    const ports = { postgres: Number(new URL(url).port) } as Site['ports'];
    const secrets = await readSecrets(older.secrets);
    if (secrets === undefined) throw new Error('There are no secrets.');
    const site = { folder: older, plan: { storage: undefined }, ports, tools, secrets } as Site;
    const signal = new AbortController().signal;
    const { context, said } = listeningContext(env);
    await backUpBeforeUpgrade(context, site, signal);
    expect(said).toEqual([]);

    // As a version was that did not know the last migration yet.
    await unmigrateLast(url, path.join(tools.postgresBin, 'psql'));
    await setName(url, 'Older');
    await backUpBeforeUpgrade(context, site, signal);
    expect(said.join('\n')).toMatch(/1 migration\)[^]*with 1 migration to this version/);

    const broken = listeningContext({ ...env, BACKUP_URL: pathToFileURL(path.join(identityFile, 'no folder')).href });
    await expect(backUpBeforeUpgrade(broken.context, site, signal)).rejects.toThrow('--no-backup');
  });
});

test('each night one is made, and one that fails is told and tried again later', async () => {
  const store = path.join(temporary.path, 'nightly');
  const settings = { ...env, BACKUP_URL: pathToFileURL(store).href };
  const { context, said } = listeningContext(settings);
  await mkdir(data.logs, { recursive: true });
  let clock = new Date('2027-01-01T01:30:00Z');
  const stop = new AbortController();
  const running = keepSafe(context, data.path, stop.signal, { lookMs: 20, now: () => clock });
  const list = async (): Promise<string> => (await run(['backup', '--list', '--data', data.path], settings)).printed;
  await sleep(200);
  expect(await list()).toBe('');

  // Something lies where its folder would be.
  await writeFile(store, 'in the way');
  clock = new Date('2027-01-01T02:01:00Z');
  await waitFor(() => said.length > 0, PATIENCE);
  await sleep(200);
  expect(said).toEqual([expect.stringMatching(/^The nightly backup failed, and is tried again in an hour: /)]);

  await rm(store);
  clock = new Date('2027-01-01T03:02:00Z');
  await waitFor(async () => (await list()).includes(' schedule  restored '), PATIENCE);
  stop.abort();
  await running;
  expect(await readFile(path.join(data.logs, 'backup.log'), 'utf8')).toContain('Restored and compared');
});

test('what people ask for is taken, how it ended is told, and who does it is there for as long as it runs', async () => {
  await mkdir(data.logs, { recursive: true });
  await inDatabase(data, async (url) => {
    const db = createDatabase(url, { poolSize: 2 });
    // Of a supervisor that was killed.
    const left = await db.operation.create({ data: { kind: 'drill', state: 'running' } });
    const { context, said } = listeningContext(env);
    const stop = new AbortController();
    const options = { databaseUrl: url, lookMs: 20, now: () => new Date('2027-01-01T01:30:00Z') };
    const running = keepSafe(context, data.path, stop.signal, options);
    const operation = (id: string) => db.operation.findUniqueOrThrow({ where: { id } });
    await waitFor(async () => (await operation(left.id)).state === 'failed', PATIENCE);
    expect((await operation(left.id)).sentence).toContain('was broken off');
    await waitFor(async () => (await db.backupRunner.count()) === 1, PATIENCE);
    expect(await db.backupRunner.findFirst()).toMatchObject({
      ...{ nextBackupAt: new Date('2027-01-01T02:00:00Z'), nextDrillAt: null },
    });

    // This test has the folder, so that none can be made just now.
    const { id } = await db.operation.create({ data: { kind: 'backup', askedBy: 'ada@example.org' } });
    await waitFor(async () => (await operation(id)).state === 'failed', PATIENCE);
    expect(await operation(id)).toMatchObject({
      sentence: expect.stringContaining('is starting or stopping'),
      step: 0,
    });
    // Whoever asked was told; nobody else is.
    expect(said).toEqual([]);
    stop.abort();
    await running;
    expect(await db.backupRunner.count()).toBe(0);
    await db.$disconnect();
  });
});

test('a damaged one is refused in a sentence', async () => {
  const store = path.join(temporary.path, 'second store/postgres');
  const newest = (await readdir(store)).toSorted().at(-1) ?? '';
  await truncate(path.join(store, newest, 'database.dump.age'), 100);
  const fresh = dataFolderAt(path.join(temporary.path, 'from damaged'));
  await mkdir(path.dirname(fresh.path), { recursive: true });
  const named = await run(['restore', newest, '--identity', identityFile, '--data', fresh.path]);
  expect([named.code, named.said]).toEqual([1, expect.stringContaining('its dump has 100 bytes')]);
  await rm(fresh.path, { recursive: true, force: true });
});

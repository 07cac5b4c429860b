import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, migrate } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepArchive } from '../src/backups/keep-archive.ts';
import { withOwnPostgres } from '../src/backups/with-database.ts';
import { dataFolderAt, type DataFolder } from '../src/data-folder/data-folder.ts';
import { listeningContext, PATH, ROOT, runCommand, type Answer } from './run-command.ts';

const PATIENCE = { timeout: 120_000, interval: 200 };
const PAUSES = { restMs: 0, againMs: 500, tellMs: 0 };

let temporary: TemporaryFolder;
let data: DataFolder;
let env: Record<string, string>;
let time: Date;
let goodId: string;
let said: readonly string[];

const spans = async (): Promise<string> => (await runCommand(['backup', '--list', '--data', data.path], env)).printed;
async function inDatabase<T>(folder: DataFolder, work: (url: string) => Promise<T>): Promise<T> {
  const { context } = listeningContext({ PATH });
  return withOwnPostgres(context, folder, await findTools({ root: ROOT, env: { PATH } }), work);
}
async function name(url: string, change?: string): Promise<string | undefined> {
  const db = createDatabase(url, { poolSize: 1 });
  if (change !== undefined) {
    await db.workspace.deleteMany();
    await db.workspace.create({ data: { name: change } });
  }
  const row = await db.workspace.findFirst();
  await db.$disconnect();
  return row?.name;
}

async function idIn(url: string): Promise<string> {
  const db = createDatabase(url, { poolSize: 1 });
  const { id } = await db.workspace.findFirstOrThrow();
  await db.$disconnect();
  return id;
}

beforeAll(async () => {
  temporary = await temporaryFolder('point in time');
  data = dataFolderAt(path.join(temporary.path, 'data'));
  env = {
    ...{ PATH, DISK_RESERVE_MIB: '256', BACKUP_WAL_SECONDS: '0.2' },
    BACKUP_URL: pathToFileURL(path.join(temporary.path, 'second store')).href,
  };
  const listening = listeningContext(env);
  said = listening.said;
  const [stop, ended] = [new AbortController(), new AbortController()];
  let archiving: Promise<void> | undefined;
  await inDatabase(data, async (databaseUrl) => {
    await migrate(databaseUrl);
    const about = { data: data.path, databaseUrl, signal: stop.signal, ended: ended.signal };
    archiving = keepArchive(listening.context, about, PAUSES);
    await waitFor(async () => (await spans()).includes('can be restored'), PATIENCE);
    await name(databaseUrl, 'Good');
    goodId = await idIn(databaseUrl);
    await sleep(5);
    time = new Date();
    await sleep(5);
    await name(databaseUrl, 'Bad');
    await waitFor(async () => Date.parse(/ to (\S+) can/.exec(await spans())?.[1] ?? '') > time.getTime(), PATIENCE);
    stop.abort();
  });
  // Postgres has ended by now, and did not wait for long.
  await archiving;
});
afterAll(() => temporary.remove());

test('what becomes of it is in a log, and nobody is bothered', async () => {
  expect(said).toEqual([]);
  expect(await readFile(path.join(data.logs, 'archive.log'), 'utf8')).toMatch(/all of Postgres.*recovered on it in/);
});

const to = (text: string): Promise<Answer> => runCommand(['restore', '--to', text, '--data', data.path], env);

test('times are taken with their zone, and refused where there is nothing', async () => {
  expect(await to('yesterday')).toMatchObject({ code: 1, said: expect.stringContaining('a time with its zone') });
  expect(await to('2026-11-30T16:00:00')).toMatchObject({ code: 1, said: expect.stringContaining('with its zone') });
  expect(await to('2020-01-01T00:00:00+01:00')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^2019-12-31T23:00:00.000Z cannot be restored: it has all from \S+Z to \S+Z\.$/),
  });
});

test('rows are replaced on a word only, and what would change is told without one', async () => {
  expect(await to(time.toISOString())).toMatchObject({ code: 1, said: expect.stringContaining('--replace does so') });
  const dry = ['restore', '--to', time.toISOString(), '--data', data.path, '--dry-run'];
  const { code, printed } = await runCommand(dry, env);
  expect([code, printed]).toEqual([0, expect.stringContaining('public."Workspace": 1 row now, 1 row then')]);
  expect(await inDatabase(data, name)).toBe('Bad');
});

test('one video is looked for in what was there at that time', async () => {
  const one = ['restore', '--video', crypto.randomUUID(), '--to', time.toISOString(), '--data', data.path, '--dry-run'];
  const refused = await runCommand(one, env);
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('it was not there then')]);
});

test('from an empty folder with nothing but store and command', async () => {
  const fresh = dataFolderAt(path.join(temporary.path, 'fresh'));
  const restored = await runCommand(['restore', '--to', time.toISOString(), '--data', fresh.path], env);
  expect([restored.code, restored.printed]).toEqual([0, expect.stringContaining('all is as it was at')]);
  expect(await inDatabase(fresh, name)).toBe('Good');
});

test('what was erased since that time is erased from it once more', async () => {
  await inDatabase(data, async (databaseUrl) => {
    const db = createDatabase(databaseUrl, { poolSize: 1 });
    await db.erasure.create({ data: { kind: 'workspace', subjectId: goodId, erasedAt: new Date() } });
    await db.$disconnect();
  });
  // Each backup tells its store what was erased.
  expect((await runCommand(['backup', '--data', data.path], env)).code).toBe(0);
  const other = dataFolderAt(path.join(temporary.path, 'other'));
  const restored = await runCommand(['restore', '--to', time.toISOString(), '--data', other.path], env);
  expect([restored.code, restored.printed]).toEqual([0, expect.stringContaining('erased once more: 1 erasure.')]);
  expect(await inDatabase(other, name)).toBe(goodId);
});

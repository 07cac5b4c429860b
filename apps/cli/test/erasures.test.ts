import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ErasureView } from '@transcode/contracts';
import { createDatabase, migrate } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { withOwnPostgres } from '../src/backups/with-database.ts';
import { dataFolderAt } from '../src/data-folder/data-folder.ts';
import { listeningContext, PATH, ROOT, runCommand, type Answer } from './run-command.ts';

const DAY_MS = 24 * 3600 * 1000;
const LATER = new Date(Date.now() + DAY_MS);

let temporary: TemporaryFolder;
let data: string;
let run: (...args: string[]) => Promise<Answer>;

beforeAll(async () => {
  temporary = await temporaryFolder('erasures');
  data = path.join(temporary.path, 'data');
  const store = pathToFileURL(path.join(temporary.path, 'store')).href;
  const env = { PATH, DISK_RESERVE_MIB: '256', BACKUP_URL: store, BACKUP_KEPT_DAYS: '10', BACKUP_WINDOW_DAYS: '0' };
  run = (...args) => runCommand([...args, '--data', data], env);
});
afterAll(() => temporary.remove());

test('where there is no installation it says so', async () => {
  expect(await run('erasures')).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no installation in'),
  });
});

test('where nothing was erased it says so', async () => {
  await inDatabase((url) => migrate(url));
  expect(await run('erasures')).toEqual({ code: 0, printed: '', said: 'Nothing was erased.' });
});

test('each receipt has a line, the newest first, and a place in JSON, with the day until which backups have it', async () => {
  const [video, space] = [crypto.randomUUID(), crypto.randomUUID()];
  const earlier = new Date('2026-01-02T03:04:05Z');
  await run('backup');
  await inDatabase(async (url) => {
    const db = createDatabase(url, { poolSize: 1 });
    const user = { email: 'ada@example.org', name: 'Ada', role: 'admin', passwordHash: '' } as const;
    const { id } = await db.user.create({ data: user });
    // Long before the backup, and after it.
    const gone = { rows: 12, objects: 1 };
    await db.erasure.create({
      data: { kind: 'workspace', subjectId: space, askedAt: earlier, erasedAt: earlier, ...gone },
    });
    await db.erasure.create({
      data: { kind: 'video', subjectId: video, askedByUserId: id, askedAt: LATER, erasedAt: LATER, ...gone },
    });
    await db.erasure.create({ data: { kind: 'user', subjectId: crypto.randomUUID(), askedAt: LATER } });
    await db.$disconnect();
  });
  const { code, printed } = await run('erasures');
  expect(code).toBe(0);
  const until = new Date(LATER.getTime() + 11 * DAY_MS).toISOString();
  expect(printed.split('\n')).toEqual([
    expect.stringMatching(/ {2}user {7}\S+ {2}by the command line {3}under way$/),
    `${LATER.toISOString().slice(0, 16).replace('T', ' ')}  video      ${video}  by Ada                12 rows, 1 object       in 1 backup, until ${until.slice(0, 10)}`,
    `2026-01-02 03:04  workspace  ${space}  by the command line   12 rows, 1 object       in no backup any more`,
  ]);
  const receipts = z.array(ErasureView).parse(JSON.parse((await run('erasures', '--json')).printed));
  expect(receipts.map(({ kind, backups }) => [kind, backups])).toEqual([
    ['user', null],
    ['video', { until, left: 1 }],
    ['workspace', { until: '2026-01-13T03:04:05.000Z', left: 0 }],
  ]);
});

async function inDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { context } = listeningContext({ PATH });
  const tools = await findTools({ root: ROOT, env: { PATH } });
  return withOwnPostgres(context, dataFolderAt(data), tools, work);
}

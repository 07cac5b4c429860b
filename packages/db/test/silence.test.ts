import { openDeafLine, type DeafLine } from '@transcode/servers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, isDatabaseUnavailable, type Database } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

const SILENT_MS = 1_000;

let postgres: RealPostgres;
let line: DeafLine;
let db: Database;

beforeAll(async () => {
  postgres = await realPostgres();
  const url = new URL(postgres.url);
  line = await openDeafLine({ port: Number(url.port) });
  url.port = String(line.port);
  db = createDatabase(url.href, { poolSize: 1, silentMs: SILENT_MS });
});
afterAll(async () => {
  await db.$disconnect();
  await line.close();
  await postgres.stop();
});

test('a question that is never answered fails soon, and the next is asked over another connection', async () => {
  expect(await db.video.count()).toBe(0);
  line.forget();
  const asked = performance.now();
  const error: unknown = await db.video.count().catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(error)).toBe(true);
  expect(performance.now() - asked).toBeLessThan(4 * SILENT_MS);
  expect(await db.video.count()).toBe(0);
});

test('so does one in a transaction, which keeps nothing from the others', async () => {
  const { jobId } = await postgres.begin();
  const ended: unknown = await db
    .$transaction(async (tx) => {
      await tx.job.update({ where: { id: jobId }, data: { notes: ['never committed'] } });
      line.forget();
      await tx.job.count();
    })
    .catch((reason: unknown) => reason);
  expect(isDatabaseUnavailable(ended)).toBe(true);
  // Postgres ends what was begun there once nothing more comes.
  await postgres.db.job.update({ where: { id: jobId }, data: { notes: ['committed'] } });
  expect(await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ notes: ['committed'] });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { findJobs, type JobFilter } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

/** From the newest: titles that say nothing, a title that many have, titles that say nothing, and two titles that one has each. */
const NEWEST = 3_000;
const COMMON = 6_000;
const ALL = 22_000;

let postgres: RealPostgres;

/** Job `n` is the n-th from the newest. */
const idOf = (n: number): string => `01900000-0000-7000-8000-1${String(ALL - n).padStart(11, '0')}`;

beforeAll(async () => {
  postgres = await realPostgres();
  const { db } = postgres;
  const { id } = await db.workspace.create({ data: { name: 'Many' } });
  await db.$executeRaw`
    INSERT INTO "Video" ("id", "workspaceId", "title", "fileName", "sourceKey", "sourceBytes", "preset", "state")
    SELECT ('01900000-0000-7000-8000-0' || lpad((${ALL}::int - n)::text, 11, '0'))::uuid, ${id}::uuid,
      CASE WHEN n = ${ALL} THEN 'A rare orchid' WHEN n = ${ALL - 1} THEN 'Harbour take' WHEN n > ${NEWEST} AND n <= ${NEWEST + COMMON} THEN 'Harbour ' || n ELSE 'Take ' || n END,
      'a.mp4', 'source/' || n, 1, 'web', 'ready'
    FROM generate_series(1, ${ALL}) AS n`;
  await db.$executeRaw`
    INSERT INTO "Job" ("id", "workspaceId", "videoId", "videoTitle", "preset", "priority", "state")
    SELECT ('01900000-0000-7000-8000-1' || right("id"::text, 11))::uuid, "workspaceId", "id", "title", "preset", 'normal',
      CASE WHEN "title" ~ '^Harbour [0-9]' THEN 'completed' ELSE 'canceled' END::"JobState"
    FROM "Video"`;
  await db.$executeRaw`ANALYZE`;
});
afterAll(() => postgres.stop());

const find = (filter: Partial<JobFilter>, before?: string): ReturnType<typeof findJobs> =>
  findJobs(postgres.db, { workspaceIds: 'all', ...filter }, { before, limit: 100 });

test('a title that few have is found in the first page, however long ago', async () => {
  expect(await find({ search: 'RARE orch' })).toEqual({ ids: [idOf(ALL)], next: undefined });
  expect(await find({ search: 'rare orchids' })).toEqual({ ids: [], next: undefined });
});

test('a word that all have does not hide what few have beside it', async () => {
  expect(await find({ search: 'take 21990' })).toEqual({ ids: [idOf(21_990)], next: undefined });
  // Many have what is not common among the newest, and one has both.
  expect(await find({ search: 'harbour take' })).toEqual({ ids: [idOf(ALL - 1)], next: undefined });
  expect(await find({ search: 'take_21990' })).toEqual({ ids: [], next: undefined });
});

test('a title that many have is found without all of them being read, and its pages follow without a gap', async () => {
  const seen: string[] = [];
  let page = await find({ search: 'harbour' });
  expect(page.ids[0]).toBe(idOf(NEWEST + 1));
  seen.push(...page.ids);
  while (page.next !== undefined) {
    page = await find({ search: 'harbour' }, page.next);
    seen.push(...page.ids);
  }
  expect(seen).toEqual([...Array.from({ length: COMMON }, (_, at) => idOf(NEWEST + 1 + at)), idOf(ALL - 1)]);
});

test('a search for what many titles have, but none of the jobs that are listed, ends and says where to go on', async () => {
  const first = await find({ search: 'harbour', states: ['canceled'] });
  // The first look, and five of 2,000; the common ones are not canceled.
  expect(first).toEqual({ ids: [], next: idOf(10_500 + COMMON) });
  expect(await find({ search: 'harbour', states: ['canceled'] }, first.next)).toEqual({
    ids: [idOf(ALL - 1)],
    next: undefined,
  });
});

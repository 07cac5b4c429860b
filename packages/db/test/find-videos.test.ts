import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findVideos } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

/** More than one look of a search takes in. */
const ALL = 12_000;
const LIMIT = 50;

let postgres: RealPostgres;
let workspaces: string[];

interface Row {
  readonly id: string;
  readonly title: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly state: string;
  readonly workspaceId: string;
}
let rows: Row[];

beforeAll(async () => {
  postgres = await realPostgres();
  const { db } = postgres;
  workspaces = await Promise.all(
    ['Mine', 'Yours', 'Theirs'].map(async (name) => (await db.workspace.create({ data: { name } })).id),
  );
  await db.$executeRaw`
    INSERT INTO "Video" ("id", "workspaceId", "title", "fileName", "sourceKey", "sourceBytes", "preset", "state", "probe")
    SELECT ('01900000-0000-7000-8000-0' || lpad(n::text, 11, '0'))::uuid, (${workspaces}::uuid[])[CASE WHEN n % 100 = 0 THEN 3 ELSE 1 + n % 2 END],
      CASE WHEN n % 2 = 0 THEN 'take ' ELSE 'Take ' END || (n * 7919) % 500 || CASE WHEN n = 77 THEN ' orchid' ELSE '' END,
      'a.mp4', 'source/' || n, (n * 104729) % 1000, 'web',
      (CASE WHEN n % 50 = 0 THEN 'failed' WHEN n % 51 = 0 THEN 'deleted' ELSE 'ready' END)::"VideoState",
      CASE WHEN n % 10 > 0 THEN jsonb_build_object('durationSeconds', ((n * 31) % 700) + 0.1) END
    FROM generate_series(1, ${ALL}) AS n`;
  await db.$executeRaw`ANALYZE`;
  const found = await db.video.findMany({ where: { state: { not: 'deleted' } } });
  rows = found.map(({ id, title, sourceBytes, probe, state, workspaceId }) => ({
    ...{ id, title: title.toLowerCase(), bytes: Number(sourceBytes), state, workspaceId },
    seconds: (probe as { durationSeconds?: number } | null)?.durationSeconds ?? -1,
  }));
});
afterAll(() => postgres.stop());

type Filter = Parameters<typeof findVideos>[1];

async function all(filter: Filter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await findVideos(postgres.db, filter, { after, limit });
    ids.push(...page.ids);
    after = page.next;
  } while (after !== undefined);
  return ids;
}

const BY = { added: 'id', title: 'title', size: 'bytes', length: 'seconds' } as const;

describe.for(['added', 'title', 'size', 'length'] as const)('by %s', (sort) => {
  test.for(['ascending', 'descending'] as const)(
    '%s, page after page, nothing is missed and nothing comes twice',
    async (order) => {
      const filter: Filter = { workspaceIds: workspaces.slice(0, 2), states: ['failed', 'ready'], sort, order };
      const field = BY[sort];
      const expected = rows
        .filter(({ workspaceId }) => workspaceId !== workspaces[2])
        .toSorted((a, b) => compare(a[field], b[field]) || compare(a.id, b.id))
        .map(({ id }) => id);
      expect(await all(filter, 700)).toEqual(order === 'ascending' ? expected : expected.toReversed());
    },
  );

  test('a page reads its rows from an index in their order', async () => {
    for (const workspaceIds of ['all', workspaces, workspaces.slice(2)] as const) {
      const filter: Filter = { workspaceIds, sort, order: 'descending' };
      const { next } = await findVideos(postgres.db, filter, { limit: LIMIT });
      // Of each of two states in each of three workspaces a page, and where that is little less no index is needed for each.
      expect(await rowsRead(filter, next)).toBeLessThan(ALL / 10);
    }
  });
});

test('a search in an order looks on where a look has found too few', async () => {
  const filter: Filter = { workspaceIds: 'all', search: 'ORCHID', sort: 'size', order: 'descending' };
  expect(await all(filter, LIMIT)).toEqual([rows.find(({ title }) => title.endsWith('orchid'))?.id]);
});

test('a place that is not seen is nowhere to go on from', async () => {
  const [, other] = workspaces;
  const mine = rows.find(({ workspaceId }) => workspaceId === workspaces[0]);
  const filter: Filter = { workspaceIds: [other ?? ''], sort: 'title', order: 'ascending' };
  expect(await findVideos(postgres.db, filter, { after: mine?.id, limit: LIMIT })).toEqual({
    ids: [],
    next: undefined,
  });
});

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows of videos that are fetched for a page, by the account of the session that asks. */
function rowsRead(filter: Filter, after: string | undefined): Promise<number> {
  return postgres.db.$transaction(async (tx) => {
    const fetched = async () => {
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS "count" FROM pg_stat_xact_user_tables WHERE relname = 'Video'`;
      return row?.count ?? Number.NaN;
    };
    const before = await fetched();
    await findVideos(tx, filter, { after, limit: LIMIT });
    return (await fetched()) - before;
  });
}

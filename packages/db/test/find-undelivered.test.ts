import { afterAll, beforeAll, expect, test } from 'vitest';
import { findUndelivered } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

const BACKLOG = 100_000;

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

test('the backlog of one class hides no other, and costs no more however long it is', async () => {
  const { db } = postgres;
  const backlog = await postgres.begin();
  await db.$executeRaw`
    INSERT INTO "Task" ("id", "jobId", "stage", "index", "class", "priority", "state", "queuedAt")
    SELECT gen_random_uuid(), ${backlog.jobId}::uuid, 'encode', n, 'cpu', 'high', 'queued', now() - interval '1 hour'
    FROM generate_series(1, ${BACKLOG}) AS n`;
  await db.$executeRaw`ANALYZE "Task"`;
  const { released } = await postgres.begin();

  const { found, read } = await db.$transaction(async (tx) => ({
    found: await findUndelivered(tx, { olderThanMs: 0 }),
    read: await tx.$queryRaw<{ whole: number; rows: number }[]>`
      SELECT seq_scan::int AS "whole", idx_tup_fetch::int AS "rows" FROM pg_stat_xact_user_tables WHERE relname = 'Task'`,
  }));
  expect(found.map(({ id }) => id)).toContain(released[0]?.id);
  expect(found.filter((task) => task.class === 'cpu')).toHaveLength(1_000);
  expect(read[0]?.whole).toBe(0);
  expect(read[0]?.rows).toBeLessThan(1_100);
});

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
  // Once begun and given back a moment ago: behind all others by when it was queued, before them in the queue.
  const begun = await db.task.create({
    data: {
      ...{ jobId: backlog.jobId, stage: 'encode', index: BACKLOG + 1, class: 'cpu', priority: 'normal' },
      ...{ state: 'queued', token: 1, queuedAt: new Date() },
    },
  });

  const { found, read } = await db.$transaction(async (tx) => ({
    found: await findUndelivered(tx, { olderThanMs: 0 }),
    read: await tx.$queryRaw<{ whole: number; rows: number }[]>`
      SELECT seq_scan::int AS "whole", idx_tup_fetch::int AS "rows" FROM pg_stat_xact_user_tables WHERE relname = 'Task'`,
  }));
  expect(found.map(({ id }) => id)).toContain(released[0]?.id);
  expect(found.map(({ id }) => id)).toContain(begun.id);
  expect(found.filter((task) => task.class === 'cpu')).toHaveLength(1_001);
  expect(read[0]?.whole).toBe(0);
  expect(read[0]?.rows).toBeLessThan(1_100);
});

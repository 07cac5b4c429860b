import { createMetrics } from '@transcode/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { poolUse } from '../src/database.ts';
import { createDatabase } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

test('each statement is measured by what it does, transactions and failures too, in every way in which it is asked', async () => {
  const metrics = createMetrics('worker');
  try {
    const { db } = postgres;
    const before = await counts();
    await db.workspace.create({ data: { name: 'measured' } });
    await db.$transaction([db.workspace.count(), db.workspace.updateMany({ data: { name: 'again' } })]);
    await db.$queryRaw`SELECT 1`;
    await expect(db.$queryRaw`SELECT 1 / 0`).rejects.toThrow('division by zero');
    await db.workspace.deleteMany();
    const after = await counts();
    for (const operation of ['select', 'insert', 'update', 'delete', 'transaction'])
      expect([operation, (after.get(operation) ?? 0) > (before.get(operation) ?? 0)]).toEqual([operation, true]);
    const { body } = await metrics.scrape();
    expect(body).toContain('transcode_database_errors_total{kind="other"} 1');
    expect(body).toContain('transcode_database_errors_total{kind="connection"} 0');
    // Nobody is left with a connection.
    expect(poolUse(db)).toMatchObject({ used: 0, waiting: 0, size: 20 });
  } finally {
    metrics.close();
  }

  async function counts(): Promise<Map<string, number>> {
    const { body } = await metrics.scrape();
    const found = body.matchAll(/^transcode_database_operation_duration_seconds_count\{operation="(\w+)"\} (\d+)$/gm);
    return new Map([...found].map(([, operation = '', count]) => [operation, Number(count)]));
  }
});

test('a statement that meets no server is one that failed for its connection', async () => {
  const metrics = createMetrics('worker');
  const url = new URL(postgres.url);
  const cut = createDatabase(url.href, { poolSize: 1 });
  try {
    await cut.$queryRaw`SELECT 1`;
    const [row] = await cut.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const [asked] = await Promise.allSettled([
      cut.$queryRaw`SELECT pg_sleep(10)`,
      postgres.db.$queryRaw`SELECT pg_terminate_backend(${row?.pid}::int)`,
    ]);
    expect(asked.status).toBe('rejected');
    expect((await metrics.scrape()).body).toContain('transcode_database_errors_total{kind="connection"} 1');
  } finally {
    metrics.close();
    await cut.$disconnect();
  }
});

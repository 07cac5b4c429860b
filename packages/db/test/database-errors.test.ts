import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Prisma } from '../src/generated/client.ts';
import {
  createDatabase,
  findWorkspaces,
  isDatabaseUnavailable,
  type Database,
  type Transaction,
} from '../src/index.ts';
import { readRows } from '../src/read-rows.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

/** What comes out of something that was asked of the database, and failed. */
async function errorOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Ends the connection of a transaction from outside, as a restart of Postgres does. */
async function breakOff(tx: Transaction): Promise<void> {
  const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  await postgres.db.$queryRaw`SELECT pg_terminate_backend(${own?.pid}, 5000)`;
}

test('what the database answers is its answer', async () => {
  const refused = await errorOf(postgres.db.$transaction((tx) => tx.$queryRaw`SELECT 1 / 0`));
  expect(refused).toBeInstanceOf(Error);
  expect(isDatabaseUnavailable(refused)).toBe(false);
});

describe('so it is of what goes around Prisma', () => {
  test('an answer', async () => {
    const refused = await errorOf(readRows(postgres.db, Prisma.sql`SELECT 1 / 0`));
    expect(refused).toMatchObject({ cause: { kind: 'postgres', code: '22012' } });
    expect(isDatabaseUnavailable(refused)).toBe(false);
  });

  test('a connection that is ended meanwhile', async () => {
    const ended = readRows(postgres.db, Prisma.sql`SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(10)`);
    expect(isDatabaseUnavailable(await errorOf(ended))).toBe(true);
    expect(await findWorkspaces(postgres.db, [])).toEqual([]);
  });

  test('a database that is not there, which nobody asked before', async () => {
    const away = createDatabase('postgresql://postgres:x@127.0.0.1:1/transcode');
    expect(isDatabaseUnavailable(await errorOf(findWorkspaces(away, 'all')))).toBe(true);
    await away.$disconnect();
  });
});

const ASKING = [
  { who: 'rows', ask: (away: Database) => findWorkspaces(away, 'all') },
  { who: 'Prisma', ask: (away: Database) => away.workspace.count() },
  { who: 'a statement', ask: (away: Database) => away.$queryRaw`SELECT 1` },
  { who: 'a transaction', ask: (away: Database) => away.$transaction((tx) => tx.workspace.count()) },
] as const;

describe.for(ASKING)('whoever asks, as $who', ({ ask }) => {
  async function errorAt(url: string): Promise<unknown> {
    const away = createDatabase(url);
    const error = await errorOf(ask(away));
    await away.$disconnect();
    return error;
  }

  test('no way to its host', async () => {
    // To an address of many the kernel opens no connection, whatever the routes are: ENETUNREACH.
    const error = await errorAt('postgresql://postgres:x@224.0.0.1:5432/transcode');
    expect(String(error)).toContain('ENETUNREACH');
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test('a password that was changed meanwhile', async () => {
    const url = new URL(postgres.url);
    url.password = 'of-before';
    expect(isDatabaseUnavailable(await errorAt(url.href))).toBe(true);
  });

  test('a database that is being replaced', async () => {
    const url = new URL(postgres.url);
    url.pathname = '/gone';
    expect(isDatabaseUnavailable(await errorAt(url.href))).toBe(true);
  });
});

describe('a connection that breaks is no failure of what was asked', () => {
  test('in the middle of a transaction', async () => {
    const error = await errorOf(
      postgres.db.$transaction(async (tx) => {
        await breakOff(tx);
        await tx.workspace.count();
      }),
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test('before its commit', async () => {
    const error = await errorOf(postgres.db.$transaction((tx) => breakOff(tx)));
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test('while a query runs', async () => {
    const asked = errorOf(postgres.db.$queryRaw`SELECT pg_sleep(30)::text, 'the query that is broken off'`);
    for (let broken = 0; broken === 0;) {
      const rows = await postgres.db.$queryRaw<unknown[]>`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE 'SELECT pg_sleep(30)%' AND state = 'active'`;
      broken = rows.length;
    }
    expect(isDatabaseUnavailable(await asked)).toBe(true);
  });

  test('during its commit', async () => {
    await postgres.db.$executeRaw`
      CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`;
    await postgres.db.$executeRaw`
      CREATE CONSTRAINT TRIGGER break_off AFTER INSERT ON "Workspace"
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break_off()`;
    const made = postgres.db.$transaction((tx) => tx.workspace.create({ data: { name: 'broken off' } }));
    expect(isDatabaseUnavailable(await errorOf(made))).toBe(true);
  });
});

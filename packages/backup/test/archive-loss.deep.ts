import { readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveStatus, findRoute, makeBase } from '../src/index.ts';
import { readArchives } from '../src/archive/read-archives.ts';
import { binWith } from './bin-with.ts';
import { startArchiveWorld, type ArchiveWorld, type Archiving } from './archive-world.ts';

const EVERY_MS = 500;

let world: ArchiveWorld;
let archiving: Archiving;
beforeAll(async () => {
  world = await startArchiveWorld();
  await world.query('CREATE TABLE ticks (id serial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())');
  archiving = world.archive(EVERY_MS);
  await waitFor(async () => (await readArchives(world.store)).length > 0);
  await makeBase(world.engine, { windowDays: 7 });
});
afterAll(async () => {
  await archiving.end();
  await world.dispose();
});

test('once Postgres and all it had are destroyed, no more is missing than what an interval is long', async () => {
  let written = 0;
  for (const end = Date.now() + 2_500; Date.now() < end; await sleep(50)) {
    await world.query('INSERT INTO ticks DEFAULT VALUES');
    written += 1;
  }
  const destroyed = new Date();
  await world.destroy();
  const { newest } = await archiveStatus(world.store);
  await world.restoreTo(newest ?? new Date());
  const [left] = await world.query<{ rows: number; last: Date }>(
    'SELECT count(*)::int AS rows, max(at) AS last FROM ticks',
  );
  const missingMs = destroyed.getTime() - (left?.last.getTime() ?? 0);
  expect(left?.rows).toBeGreaterThan(10);
  expect(left?.rows).toBeLessThanOrEqual(written);
  // What is stored is on its way for a moment, too.
  expect(missingMs).toBeLessThan(EVERY_MS + 1_500);
});

test('the Postgres that came in its place has an archive of its own, and both can be restored', async () => {
  await makeBase(world.engine, { windowDays: 7 });
  await world.archived();
  const { spans } = await archiveStatus(world.store);
  expect(spans).toHaveLength(2);
  const between = new Date((spans[0]?.until.getTime() ?? 0) + 1);
  await expect(findRoute(world.store, between)).rejects.toMatchObject({
    message: expect.stringMatching(/from .* to .* and from .* to /),
  });
  expect((await findRoute(world.store, spans[0]?.until ?? between)).archive.number).toBe(1);
});

test.each([
  { what: 'cut', damage: (path: string) => truncate(path, 40) },
  {
    what: 'with a bit that fell over',
    damage: async (path: string) => {
      const bytes = await readFile(path);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(path, bytes);
    },
  },
  { what: 'lost', damage: unlink },
])('WAL that is $what ends with the time up to which all is there', async ({ damage, what }) => {
  await world.query('INSERT INTO ticks DEFAULT VALUES');
  const before = await world.moment();
  await world.archived();
  await world.query('INSERT INTO ticks DEFAULT VALUES');
  const after = await world.moment();
  await world.archived();
  const route = await findRoute(world.store, after);
  const last = route.segments.at(-1)?.parts.at(-1);
  const path = world.store.localPath(last?.key ?? '') ?? '';
  const kept = await readFile(path);
  await damage(path);
  const error: unknown = await world.restoreTo(after).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: what === 'lost' ? 'restore_time' : 'wal_damaged' });
  const until = new Date(/(?:Times up to|to) (\d{4}-\S+Z)(?: can be restored)?\.$/.exec(String(error))?.[1] ?? 0);
  expect(until.getTime()).toBeGreaterThanOrEqual(before.getTime());
  expect(until.getTime()).toBeLessThan(after.getTime());
  expect((await findRoute(world.store, until)).segments.at(-1)?.parts.at(-1)?.key).not.toBe(last?.key);
  await writeFile(path, kept);
});

test.each([
  { what: 'lacks a file', script: 'rm "$2/global/pg_filenode.map"' },
  { what: 'was broken off', script: 'exit 1' },
])('a base backup that $what does not count', async ({ script }) => {
  const { lastBase } = await archiveStatus(world.store);
  const bin = await binWith(world.engine.bin, 'pg_basebackup', `"$real" "$@" && ${script}`);
  try {
    await expect(makeBase({ ...world.engine, bin }, { windowDays: 7 })).rejects.toMatchObject({
      code: expect.stringMatching(/^backup_(damaged|failed)$/),
    });
  } finally {
    await rm(bin, { recursive: true });
  }
  expect((await archiveStatus(world.store)).lastBase).toEqual(lastBase);
});

test('where Postgres no longer has what comes next, another archive is begun, and that is said', async () => {
  await archiving.end();
  // Its stream is let go of a moment later.
  await waitFor(() => world.query("SELECT pg_drop_replication_slot('transcode_archive')"));
  for (let segment = 0; segment < 3; segment += 1) {
    await world.query('INSERT INTO ticks DEFAULT VALUES');
    await world.query('SELECT pg_switch_wal()');
  }
  await world.query('CHECKPOINT');
  const before = await readArchives(world.store);
  archiving = world.archive(EVERY_MS);
  await waitFor(async () => (await readArchives(world.store)).length > before.length);
  expect(archiving.sayings).toEqual([expect.stringMatching(/already been removed.* another archive is begun/)]);
});

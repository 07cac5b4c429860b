import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStorage, type Storage } from '@transcode/storage';
import { smallDisk } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBackup, isGood, makeBackup, readBackups, type Engine } from '../src/index.ts';
import { readFailures } from '../src/read.ts';
import { passingKey } from '../src/seal.ts';
import { startWorld, type World } from './world.ts';

let world: World;
/** A store with a good backup in it, which has to be there untouched whatever fails after it. */
let store: Storage;
let engine: Engine;
let good: Map<string, string>;

beforeAll(async () => {
  world = await startWorld({ s3: true });
  await world.addVideo('One');
  store = world.newStore('s3');
  engine = world.engine({ store });
  await makeBackup(engine, 'schedule');
  good = await contents(store);
});
afterAll(() => world.dispose());

async function contents(of: Storage): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { key } of of.list('')) found.set(key, (await of.read(key)).toString('base64'));
  return found;
}
/** The good one is to the byte as it was, and still the one that would be restored. */
async function olderIsUntouched(): Promise<void> {
  const now = await contents(store);
  for (const [key, bytes] of good) expect([key, now.get(key) === bytes]).toEqual([key, true]);
  expect((await findBackup(store)).number).toBe(1);
}

describe('nothing is made, with a sentence, and the older one stays', () => {
  beforeEach(async () => {
    const { backups, unfinished } = await readBackups(store);
    for (const { keys } of [...backups.slice(1), ...unfinished]) await store.delete(keys);
    await store.deletePrefix('failures/');
  });

  test('with a wrong password', async () => {
    const wrong = new URL(engine.databaseUrl);
    wrong.password = 'wrong';
    await expect(makeBackup({ ...engine, databaseUrl: wrong.href }, 'asked')).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringContaining('password authentication failed'),
    });
    await olderIsUntouched();
    expect(await readFailures(store)).toMatchObject([
      { reason: 'asked', code: 'backup_failed', message: expect.stringContaining('password authentication failed') },
    ]);
    expect((await contents(store)).size).toBe(good.size + 1);
  });

  test('without a database', async () => {
    const nowhere = new URL(engine.databaseUrl);
    nowhere.port = '9';
    await expect(makeBackup({ ...engine, databaseUrl: nowhere.href }, 'asked')).rejects.toMatchObject({
      code: 'database_unavailable',
    });
    await olderIsUntouched();
  });

  test('while the store is down', async () => {
    await world.stack.outage('s3', () =>
      expect(makeBackup(engine, 'asked')).rejects.toMatchObject({ code: 'storage_unavailable' }),
    );
    await olderIsUntouched();
    expect(await readFailures(store)).toEqual([]);
  });

  test('broken off by somebody: that is no failure', async () => {
    const stop = new AbortController();
    const say = (): void => stop.abort();
    await expect(makeBackup({ ...engine, say, signal: stop.signal }, 'asked')).rejects.toThrow(/abort/i);
    await olderIsUntouched();
    expect(await readFailures(store)).toEqual([]);
  });

  test('of failures the last hundred are kept', async () => {
    const failing = { ...engine, recipients: ['age1typo'] };
    for (let count = 0; count < 102; count++)
      await makeBackup({ ...failing, now: () => new Date(count * 1_000) }, 'schedule').catch(() => undefined);
    const failures = await readFailures(store);
    expect([failures.length, failures[0]?.at]).toEqual([100, '1970-01-01T00:00:02.000Z']);
  });

  test.each(['as it is', 'encrypted'])('on a full disk, %s', async (how) => {
    const recipients = how === 'encrypted' ? [(await passingKey()).recipient] : [];
    const disk = await smallDisk(8);
    if (disk === undefined) throw new Error('This test mounts a disk, which only root may.');
    try {
      const full = openStorage(pathToFileURL(join(disk.path, 'backups')).href, { reserveBytes: 0 });
      await makeBackup({ ...engine, recipients, store: full }, 'asked');
      const before = await contents(full);
      // As much as there is.
      await disk.fill(8).catch(() => undefined);
      await expect(makeBackup({ ...engine, recipients, store: full }, 'asked')).rejects.toMatchObject({
        code: expect.stringMatching(/^(storage_full|disk_reserved)$/),
      });
      await disk.fill(0);
      // That it failed may have had room.
      await full.deletePrefix('failures/');
      expect(await contents(full)).toEqual(before);
    } finally {
      await disk.remove();
    }
  });

  test('by a key that is none', async () => {
    await expect(makeBackup({ ...engine, recipients: ['age1typo'] }, 'asked')).rejects.toMatchObject({
      code: 'backup_key_invalid',
    });
    await olderIsUntouched();
  });

  test.each([
    { program: 'that dies in the middle', script: '"$real" "$@" | head -c 2000; exit 1', says: 'pg_dump ended with 1' },
    { program: 'that is killed', script: '"$real" "$@" | head -c 2000; kill -9 $$', says: 'pg_dump ended by SIGKILL' },
    { program: 'that cannot do it', script: '"$real" "$@" --no-such', says: 'unrecognized option' },
  ])('by a pg_dump $program', async ({ script, says }) => {
    const bin = await world.binWith('pg_dump', script);
    await expect(makeBackup({ ...engine, bin }, 'asked')).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringContaining(says),
    });
    await olderIsUntouched();
    expect((await readBackups(store)).unfinished).toEqual([]);
  });

  test('two at once: one is refused', async () => {
    const results = await Promise.allSettled([makeBackup(engine, 'asked'), makeBackup(engine, 'schedule')]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'backup_running' });
    expect((await readBackups(store)).backups.map(isGood)).toEqual([true, true]);
    expect(await readFailures(store)).toEqual([]);
  });

  test.each([
    { program: 'an empty file', script: 'exit 0', says: /pg_restore ended with 1|has none|0 bytes/ },
    { program: 'one byte too few', script: '"$real" "$@" | head -c -1', says: /pg_restore ended with 1/ },
    {
      program: 'a table without its rows',
      script: `"$real" "$@" --exclude-table-data='public."Upload"' --exclude-table-data='public."Video"'`,
      // The foreign keys of its jobs point nowhere.
      says: /foreign key/,
    },
    { program: 'no users', script: `"$real" "$@" --exclude-table='public."User"'`, says: /"User"|relation/ },
    {
      program: 'no samples',
      script: `"$real" "$@" --exclude-table-data='public."Outbox"'`,
      says: /"Outbox" has 0 rows/,
    },
  ])('a dump with $program, though pg_dump ended with 0, does not count', async ({ script, says }) => {
    await world.db.outbox.create({ data: { topic: 'a.topic', payload: {} } });
    const bin = await world.binWith('pg_dump', script);
    const error: unknown = await makeBackup({ ...engine, bin }, 'asked').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: expect.stringMatching(/^backup_(damaged|failed)$/) });
    expect(String(error)).toMatch(says);
    await olderIsUntouched();
  });
});

test('objects that are lost are told, and those of what was deleted are not missed', async () => {
  const { id, keys } = await world.addVideo('Lost');
  await world.media.delete(keys);
  const lost = await makeBackup(engine, 'asked');
  expect(lost.complaints.map(({ code, details }) => [code, details])).toEqual([
    ['backup_objects_missing', { objects: 2, videos: 1 }],
  ]);
  await world.db.video.update({ where: { id }, data: { state: 'deleted' } });
  expect((await makeBackup(engine, 'asked')).complaints).toEqual([]);
});

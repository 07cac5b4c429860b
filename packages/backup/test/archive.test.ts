import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveStatus, findRoute, makeBase, withTime, type MadeBase } from '../src/index.ts';
import { readArchives } from '../src/archive/read-archives.ts';
import { startArchiveWorld, type ArchiveWorld, type Archiving } from './archive-world.ts';

const WINDOW = { windowDays: 7 };
const rowsIn = async (world: ArchiveWorld): Promise<string[]> =>
  (await world.query<{ said: string }>('SELECT said FROM said ORDER BY id')).map(({ said }) => said);
const write = (world: ArchiveWorld, said: string): Promise<unknown[]> =>
  world.query(`INSERT INTO said (said) VALUES ('${said}')`);

describe('to a point in time, encrypted', () => {
  let world: ArchiveWorld;
  let archiving: Archiving;
  let made: MadeBase;
  const times = new Map<string, Date>();

  beforeAll(async () => {
    const identity = await generateX25519Identity();
    world = await startArchiveWorld({ recipients: [await identityToRecipient(identity)], identities: [identity] });
    await world.query('CREATE TABLE said (id serial PRIMARY KEY, said text)');
    archiving = world.archive(200);
    await waitFor(async () => (await readArchives(world.store)).length > 0);
    made = await makeBase(world.engine, WINDOW);
  });
  afterAll(async () => {
    await archiving.end();
    await world.dispose();
  });

  test('good rows are there and bad ones not', async () => {
    expect(made).toMatchObject({ proof: { result: 'good' }, removed: [], complaints: [] });
    await write(world, 'good');
    times.set('good', await world.moment());
    await world.query("UPDATE said SET said = 'bad'");
    await write(world, 'worse');
    await world.archived();
    await world.restoreTo(times.get('good') ?? new Date());
    expect(await rowsIn(world)).toEqual(['good']);
  });

  test('also after a crash of Postgres', async () => {
    await write(world, 'before the crash');
    await world.crash();
    await world.start();
    await write(world, 'after the crash');
    times.set('crash', await world.moment());
    await world.query('TRUNCATE said');
    await world.archived();
    await world.restoreTo(times.get('crash') ?? new Date());
    expect(await rowsIn(world)).toEqual(['good', 'before the crash', 'after the crash']);
  });

  test('also on another timeline, and then on the one before it once more', async () => {
    await world.promote();
    await write(world, 'on timeline 2');
    times.set('switch', await world.moment());
    await world.query("DELETE FROM said WHERE said <> 'good'");
    await world.archived();
    expect((await findRoute(world.store, times.get('switch') ?? new Date())).timeline).toBe(2);
    await world.restoreTo(times.get('switch') ?? new Date());
    expect(await rowsIn(world)).toEqual(['good', 'before the crash', 'after the crash', 'on timeline 2']);
    await world.archived();
    await world.restoreTo(times.get('good') ?? new Date());
    expect(await rowsIn(world)).toEqual(['good']);
    expect(archiving.sayings.filter((said) => said.includes('another archive'))).toEqual([]);
  });

  test('a time outside is refused with those that there are', async () => {
    const { oldest, newest } = await archiveStatus(world.store);
    for (const time of ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
      await expect(findRoute(world.store, new Date(time))).rejects.toMatchObject({
        code: 'restore_time',
        message: expect.stringContaining(`it has all from ${oldest?.toISOString()} to `),
      });
    expect(newest?.getTime()).toBeGreaterThan(Date.now() - 5_000);
  });

  test('nothing of it is in the clear, and without its key it is refused', async () => {
    await world.query("INSERT INTO said (said) SELECT 'legible' FROM generate_series(1, 100)");
    await world.archived();
    for await (const { key } of world.store.list('')) {
      if (/\.(json|history)$/.test(key)) continue;
      expect([key, (await world.store.read(key)).subarray(0, 21).toString()]).toEqual([key, 'age-encryption.org/v1']);
    }
    const keyless = { ...world.engine, identities: [] };
    const time = times.get('good') ?? new Date();
    const route = await findRoute(world.store, time);
    await expect(withTime(keyless, { route, time }, () => Promise.resolve())).rejects.toMatchObject({
      code: 'backup_key_missing',
    });
  });
});

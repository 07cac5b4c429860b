import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '@transcode/storage';
import { smallDisk } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBackup, makeBackup, prove, readBackups, type Engine } from '../src/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.addVideo('One');
});
afterAll(() => world.dispose());

describe('what was good and is not any more', () => {
  let files: Storage;
  let engineOnFiles: Engine;
  let path: string;
  beforeEach(async () => {
    files = world.newStore('files');
    engineOnFiles = world.engine({ store: files });
    await makeBackup(engineOnFiles, 'schedule');
    const { manifest } = await makeBackup(engineOnFiles, 'schedule');
    path = files.localPath(manifest.file.key) ?? '';
  });

  test('cut by one byte, it is refused, and the one before is taken', async () => {
    const newest = await findBackup(files);
    await truncate(path, newest.manifest.file.bytes - 1);
    await expect(prove(engineOnFiles, newest)).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringContaining(`should have ${newest.manifest.file.bytes}`),
    });
    expect([newest.number, (await findBackup(files)).number]).toEqual([2, 1]);
    expect((await findBackup(files, newest.id)).proofs.at(-1)).toMatchObject({ result: 'bad' });
  });

  test('with one bit that fell over, too', async () => {
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(prove(engineOnFiles, await findBackup(files))).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringContaining('checksum'),
    });
    expect((await findBackup(files)).number).toBe(1);
  });

  test('where there is no room to try it, nothing is said of it', async () => {
    const disk = await smallDisk(8);
    if (disk === undefined) throw new Error('This test mounts a disk, which only root may.');
    try {
      const cramped = { ...engineOnFiles, scratch: join(disk.path, 'scratch') };
      await expect(prove(cramped, await findBackup(files))).rejects.toMatchObject({ code: 'disk_reserved' });
      expect((await findBackup(files)).proofs).toHaveLength(1);
      expect(await readdir(join(disk.path, 'scratch'))).toEqual([]);
    } finally {
      await disk.remove();
    }
  });
});

describe('what is not the fault of the backup is not written down as its own', () => {
  test.each([
    { restore: 'that is killed', script: 'head -c 100 >/dev/null; kill -9 $$', says: 'by SIGKILL' },
    {
      restore: 'without room',
      script: 'cat >/dev/null; echo "pg_restore: error: could not extend file: No space left on device" >&2; exit 1',
      says: 'No space left',
    },
  ])('a pg_restore $restore', async ({ script, says }) => {
    const own = world.engine();
    await makeBackup(own, 'schedule');
    const bin = await world.binWith('pg_restore', script);
    const newest = await findBackup(own.store);
    await expect(prove({ ...own, bin }, newest)).rejects.toMatchObject({
      code: 'restore_failed',
      message: expect.stringContaining(says),
    });
    expect((await findBackup(own.store)).proofs).toHaveLength(1);
  });

  test('a stop in the middle', async () => {
    const own = world.engine();
    await makeBackup(own, 'schedule');
    const stop = new AbortController();
    const say = (sentence: string): void => {
      if (sentence.startsWith('Restoring')) stop.abort();
    };
    await expect(makeBackup({ ...own, say, signal: stop.signal }, 'asked')).rejects.toThrow('aborted');
    const { backups } = await readBackups(own.store);
    expect(backups.map(({ proofs }) => proofs.length)).toEqual([1, 0]);
    expect((await findBackup(own.store)).number).toBe(1);
    expect(await readdir(own.scratch)).toEqual([]);
  });
});

const yesterday = (): Date => new Date(Date.now() - 24 * 3600 * 1000);

test('a clock that jumped back is told, and takes nothing away', async () => {
  const own = world.engine();
  await makeBackup(own, 'schedule');
  const { proof, complaints } = await makeBackup({ ...own, now: yesterday }, 'schedule');
  expect([proof.result, complaints.map(({ code }) => code)]).toEqual(['good', ['backup_clock']]);
  // By number it is the newest, whatever its time.
  expect((await findBackup(own.store)).number).toBe(2);
});

test('a clock that jumped ahead is told, and takes nothing away', async () => {
  const own = world.engine();
  await makeBackup(own, 'schedule');
  const { complaints } = await makeBackup({ ...own, now: () => new Date(Date.UTC(2099, 0)) }, 'schedule');
  expect(complaints.map(({ message }) => message)).toEqual([expect.stringContaining('database')]);
  expect((await readBackups(own.store)).backups).toHaveLength(2);
});

test('what pg_dump only warns of is no failure', async () => {
  const bin = await world.binWith(
    'pg_dump',
    'echo "pg_dump: warning: there are circular foreign-key constraints" >&2; exec "$real" "$@"',
  );
  expect((await makeBackup(world.engine({ bin }), 'asked')).proof.result).toBe('good');
});

test('a database whose rows no other would take is told on the day that it is backed up', async () => {
  const own = world.engine();
  await makeBackup(own, 'schedule');
  const { id } = await world.db.outbox.create({ data: { topic: 'twice', payload: {} } });
  // As an index does that was broken by another version of libc.
  const enforced = (is: boolean) =>
    world.db.$executeRawUnsafe(`UPDATE pg_index SET indisready = ${is} WHERE indexrelid = '"Outbox_pkey"'::regclass`);
  await enforced(false);
  try {
    await world.db.$executeRaw`INSERT INTO "Outbox" SELECT * FROM "Outbox" WHERE "id" = ${id}`;
    await enforced(true);
    await expect(makeBackup(own, 'schedule')).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringMatching(/could not create unique index|duplicate/i),
    });
    expect((await findBackup(own.store)).number).toBe(1);
    expect(await readdir(own.scratch)).toEqual([]);
  } finally {
    await enforced(true);
    await world.db.$executeRaw`DELETE FROM "Outbox" WHERE "id" = ${id}`;
  }
});

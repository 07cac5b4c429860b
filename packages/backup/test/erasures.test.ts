import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourceKey, TranscodeError } from '@transcode/contracts';
import {
  askErasure,
  closeWorkspace,
  createDatabase,
  createJob,
  deleteVideo,
  emptyWorkspace,
  endWorkspace,
  eraseUser,
  eraseVideo,
  migrate,
  type Database,
} from '@transcode/db';
import { openStorage } from '@transcode/storage';
import { searchDatabase } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { besideIt, withClient } from '../src/connection.ts';
import { listTombstones } from '../src/erasures/tombstones.ts';
import { writeTombstones } from '../src/erasures/write-tombstones.ts';
import { findBackup, makeBackup, planRestore, restoreDatabase } from '../src/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.dispose());

const BY = { kind: 'user', id: crypto.randomUUID() } as const;
const MARKS = [
  'marked-title',
  'marked-file',
  'marked-note',
  'marked-mail',
  'marked-name',
  'marked-key',
  'marked-space',
];

/** An installation with a video, a user and a workspace that are marked all over, and as much that is not. */
async function furnish(name: string) {
  await withClient(world.stack.databaseUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const databaseUrl = besideIt(world.stack.databaseUrl, name);
  await migrate(databaseUrl);
  const db = createDatabase(databaseUrl, { poolSize: 4 });
  const [home, space] = [
    await db.workspace.create({ data: { name: 'Home' } }),
    await db.workspace.create({ data: { name: 'marked-space' } }),
  ];
  const [kept, video, other] = [
    await addVideo(db, home.id, 'A title'),
    await addVideo(db, home.id, 'marked-title'),
    await addVideo(db, space.id, 'marked-title'),
  ];
  const user = await addUser(db, 'marked-mail@example.org', 'marked-name', space.id);
  await addUser(db, 'kept@example.org', 'Kept', home.id);
  await db.apiKey.create({
    data: {
      name: 'marked-key',
      prefix: 'tc_x',
      secretHash: 'h',
      role: 'viewer',
      workspaceId: home.id,
      createdById: user,
    },
  });
  await db.preset.create({
    data: { workspaceId: space.id, name: 'marked-note', definition: { label: 'marked-note' } },
  });
  const by = { by: 'marked-mail@example.org' };
  await db.workControl.create({ data: { scope: 'class:gpu', state: 'paused', ...by } });
  await db.audit.createMany({
    data: [
      { action: 'video.rename', target: video, details: { name: 'marked-title', before: { title: 'marked-title' } } },
      { action: 'video.rename', target: kept, details: { name: 'A title', before: { title: 'Older' } } },
      {
        action: 'preset.create',
        target: 'marked-note',
        workspaceId: space.id,
        details: { after: { a: 'marked-note' } },
      },
      {
        ...{ action: 'user.create', target: user },
        details: {
          name: 'marked-mail@example.org',
          after: { name: 'marked-name', workspaces: ['marked-space', 'Home'] },
        },
      },
      { action: 'auth.signIn', target: crypto.randomUUID(), actorUserId: user, details: { address: 'marked-mail' } },
    ],
  });
  return { databaseUrl, db, kept, video, other, user, home: home.id, space: space.id };
}

async function addVideo(db: Database, workspaceId: string, title: string): Promise<string> {
  const uploadId = crypto.randomUUID();
  const [key, fileName] = [sourceKey({ workspaceId, uploadId }), title === 'A title' ? 'a.mp4' : 'marked-file'];
  const metadata = { sent: `filename ${fileName}`, priority: 'normal' };
  const upload = {
    id: uploadId,
    workspaceId,
    fileName,
    metadata,
    size: 3n,
    offset: 3n,
    key,
    state: 'complete',
  } as const;
  await db.upload.create({ data: { ...upload, expiresAt: new Date() } });
  const data = { workspaceId, title, fileName, uploadId, sourceKey: key, sourceBytes: 3n, preset: 'web' };
  const video = await db.video.create({ data: { ...data, probe: { file: fileName }, failureTail: fileName } });
  const { job } = await db.$transaction((tx) => createJob(tx, { video, preset: 'web', priority: 'normal' }));
  await db.job.update({ where: { id: job.id }, data: { notes: [title === 'A title' ? 'a note' : 'marked-note'] } });
  return video.id;
}

async function addUser(db: Database, email: string, name: string, workspaceId: string): Promise<string> {
  const memberships = { create: { workspaceId } };
  const sessions = { create: { secretHash: email, userAgent: name, expiresAt: new Date() } };
  const user = await db.user.create({
    data: { email, name, role: 'viewer', passwordHash: 'x', memberships, sessions },
  });
  return user.id;
}

type Furnished = Awaited<ReturnType<typeof furnish>>;

/** As the API, a worker and the reconciler do it between them. */
async function eraseAll({ db, video, other, user, home, space }: Furnished): Promise<void> {
  await deleteVideo(db, video, async (tx) => void (await askErasure(tx, { kind: 'video', subjectId: video, by: BY })));
  await eraseVideo(db, { id: video, workspaceId: home }, 7);
  await db.$transaction(async (tx) => {
    await askErasure(tx, { kind: 'user', subjectId: user, by: BY });
    expect(await eraseUser(tx, user)).toBe(true);
  });
  await db.$transaction(async (tx) => {
    await askErasure(tx, { kind: 'workspace', subjectId: space, by: BY });
    expect(await closeWorkspace(tx, space)).toBe(true);
  });
  await deleteVideo(db, other, () => Promise.resolve());
  await eraseVideo(db, { id: other, workspaceId: space }, 2);
  await emptyWorkspace(db, space);
  expect(await endWorkspace(db, space, 1)).toBe(true);
}

test('what was erased is in no row, and in none that a restore of an older backup brings back; receipts are', async () => {
  const furnished = await furnish('erased');
  const { databaseUrl, db, kept, video, user, space } = furnished;
  const engine = world.engine({ databaseUrl, media: undefined });
  expect(await searchDatabase(databaseUrl, MARKS)).toEqual(
    expect.arrayContaining(['Audit: marked-mail', 'Job: marked-note', 'Session: marked-name', 'Video: marked-file']),
  );
  await makeBackup(engine, 'asked');
  await eraseAll(furnished);
  expect(await searchDatabase(databaseUrl, MARKS)).toEqual([]);
  const receipts = await db.erasure.findMany({ orderBy: { id: 'asc' } });
  expect(receipts).toMatchObject([
    {
      kind: 'video',
      subjectId: video,
      askedByUserId: BY.id,
      objects: 7,
      erasedAt: expect.any(Date),
      tombstoneAt: null,
    },
    { kind: 'user', subjectId: user, objects: 0, erasedAt: expect.any(Date) },
    { kind: 'workspace', subjectId: space, objects: 3, erasedAt: expect.any(Date) },
  ]);
  expect(Math.min(...receipts.map(({ rows }) => rows))).toBeGreaterThan(5);
  expect(await writeTombstones(db, engine.store)).toBe(3);
  expect(await writeTombstones(db, engine.store)).toBe(0);
  await db.$disconnect();

  const backup = await findBackup(engine.store);
  expect((await planRestore(engine, backup)).erasures).toBe(3);
  const restored = { ...engine, databaseUrl: besideIt(databaseUrl, 'brought_back') };
  expect(await restoreDatabase(restored, backup)).toEqual({ migrated: [], erased: 3 });
  expect(await searchDatabase(restored.databaseUrl, MARKS)).toEqual([]);
  const again = createDatabase(restored.databaseUrl, { poolSize: 2 });
  try {
    expect(await again.video.findUnique({ where: { id: kept } })).toMatchObject({
      title: 'A title',
      fileName: 'a.mp4',
    });
    expect(await again.user.findMany({ select: { email: true } })).toEqual([{ email: 'kept@example.org' }]);
    // Its objects are looked for once more.
    const erasing = { jobs: { where: { state: 'queued' as const }, select: { tasks: { select: { stage: true } } } } };
    expect(await again.video.findUnique({ where: { id: video }, select: { state: true, ...erasing } })).toEqual({
      ...{ state: 'deleted', jobs: [{ tasks: [{ stage: 'erase' }] }] },
    });
    expect(await again.workspace.findUnique({ where: { id: space } })).toMatchObject({ name: space });
    expect(await again.erasure.findMany({ orderBy: { id: 'asc' } })).toMatchObject(
      receipts.map(({ id, erasedAt, objects }) => ({ id, erasedAt, objects, reappliedAt: expect.any(Date) })),
    );
  } finally {
    await again.$disconnect();
  }
  // What it knows to be through is not done again.
  await makeBackup(restored, 'asked');
  expect(await restoreDatabase(restored, await findBackup(engine.store))).toEqual({ migrated: [], erased: 0 });
});

test('while the store is away the rows remember, and another store hears of all of them with its first backup', async () => {
  const furnished = await furnish('remembered');
  const { databaseUrl, db } = furnished;
  const path = join(world.stack.folder, 'not-mounted');
  await writeFile(path, 'no folder');
  const away = openStorage(pathToFileURL(join(path, 'store')).href, { reserveBytes: 0 });
  const engine = world.engine({ databaseUrl, media: undefined });
  await makeBackup(engine, 'asked');
  await eraseAll(furnished);
  await expect(writeTombstones(db, away)).rejects.toBeInstanceOf(TranscodeError);
  expect(await db.erasure.count({ where: { tombstoneAt: null } })).toBe(3);
  await rm(path);
  expect(await writeTombstones(db, away)).toBe(3);
  expect(await db.erasure.count({ where: { OR: [{ tombstoneAt: null }, { receiptAt: null }] } })).toBe(0);

  expect(await listTombstones(engine.store)).toEqual([]);
  await makeBackup(engine, 'asked');
  expect((await listTombstones(engine.store)).map(({ id, keys }) => [id, keys.length])).toEqual(
    (await listTombstones(away)).map(({ id }) => [id, 2]),
  );
  await db.$disconnect();
});

test('a tombstone that cannot be read is applied all the same, as its name says what it is', async () => {
  const furnished = await furnish('torn');
  const { databaseUrl, db, video } = furnished;
  const engine = world.engine({ databaseUrl, media: undefined });
  await makeBackup(engine, 'asked');
  await deleteVideo(db, video, async (tx) => void (await askErasure(tx, { kind: 'video', subjectId: video, by: BY })));
  await writeTombstones(db, engine.store);
  const [found] = await listTombstones(engine.store);
  const [key = ''] = found?.keys ?? [];
  await engine.store.delete([key]);
  await engine.store.put(key, Buffer.from('{'));
  await db.$disconnect();
  const restored = { ...engine, databaseUrl: besideIt(databaseUrl, 'torn_restored') };
  expect(await restoreDatabase(restored, await findBackup(engine.store))).toMatchObject({ erased: 1 });
  const again = createDatabase(restored.databaseUrl, { poolSize: 1 });
  expect(await again.video.findUnique({ where: { id: video } })).toMatchObject({ state: 'deleted', title: '' });
  expect(await again.erasure.findMany()).toMatchObject([{ id: found?.id, askedByUserId: null, erasedAt: null }]);
  await again.$disconnect();
});

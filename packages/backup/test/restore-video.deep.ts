import { setTimeout as sleep } from 'node:timers/promises';
import { createJob, eraseUser, setCopyTarget } from '@transcode/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withClient } from '../src/connection.ts';
import { makeBackup, type VideoPlan } from '../src/index.ts';
import { markClosure, referencesIn } from '../src/video/closure.ts';
import {
  addShare,
  addWholeVideo,
  lose,
  query,
  restoreNewest,
  rowsOf,
  startLaterWorld,
  TABLES,
  type RestoreOptions,
} from './whole-video.ts';
import type { World } from './world.ts';

let world: World;
let engine: ReturnType<World['engine']>;
let video: Awaited<ReturnType<typeof addWholeVideo>>;
beforeAll(async () => {
  world = await startLaterWorld();
});
afterAll(() => world.dispose());
beforeEach(async () => {
  engine = world.engine();
  video = await addWholeVideo(world, 'Lost: a "title", ünïcode');
});

const restore = (options: Partial<RestoreOptions> = {}): Promise<VideoPlan> =>
  restoreNewest(world, engine, { id: video.id, ...options });

test('what was lost comes back to the byte, beside what was made since', async () => {
  const copies = world.newStore();
  await setCopyTarget(world.db, 'file:///copies');
  for (const key of video.keys) await copies.put(key, await world.media.get(key));
  const before = await rowsOf(world, video.id);
  expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
  await makeBackup(engine, 'asked');
  await lose(world, video);
  await world.media.delete(video.keys.slice(0, 1));
  const since = await addWholeVideo(world, 'Since');
  const theirs = await rowsOf(world, since.id);

  const dry = await restore({ go: false, copies });
  expect(dry).toMatchObject({ canceled: 0, objects: { there: 1, copied: video.keys.slice(0, 1), lost: [] } });
  expect(Object.fromEntries(dry.changes.map(({ table, ...counts }) => [table, counts]))).toEqual(
    Object.fromEntries(
      Object.entries(before).map(([table, rows]) => [table, { added: rows.length, replaced: 0, same: 0 }]),
    ),
  );
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(0);
  expect(await world.media.head(video.keys[0] ?? '')).toBeUndefined();

  await query(world, 'DELETE FROM "CopyMark"');
  await restore({ copies });
  expect(await rowsOf(world, video.id)).toEqual(before);
  expect(await rowsOf(world, since.id)).toEqual(theirs);
  expect(await world.media.read(video.keys[0] ?? '')).toEqual(Buffer.from('abc'));
  expect(await world.db.copyMark.count({ where: { videoId: video.id } })).toBe(1);
  expect(await world.db.audit.findMany({ where: { target: video.id } })).toMatchObject([
    { action: 'video.restore', actorUserId: null, details: { local: true, name: 'Lost: a "title", ünïcode' } },
  ]);
  const again = await restore({ go: false, copies });
  expect(again.changes.map(({ added, replaced }) => added + replaced)).toEqual(again.changes.map(() => 0));
  await world.db.copyTarget.deleteMany();
});

test('rows that are others now are replaced, what it got since stays, and who may see it is as it is now', async () => {
  const { db } = world;
  const { shareId, jobId } = await db.shareLink
    .findFirstOrThrow({ where: { videoId: video.id } })
    .then(async ({ id }) => ({
      shareId: id,
      jobId: (await db.job.findFirstOrThrow({ where: { videoId: video.id } })).id,
    }));
  const withdrawn = await addShare(world, video.id);
  await makeBackup(engine, 'asked');
  await db.video.update({ where: { id: video.id }, data: { title: 'Spoilt', probe: { wrong: true } } });
  await db.chunk.deleteMany({ where: { jobId } });
  await db.shareLink.update({ where: { id: shareId }, data: { revokedAt: new Date() } });
  await db.shareLink.delete({ where: { id: withdrawn.id } });
  await db.audit.create({
    data: { action: 'share.revoke', target: video.id, details: { share: withdrawn.id, name: 'a' } },
  });
  const since = await addShare(world, video.id);
  const later = await db.rendition.create({ data: { jobId, name: 'v1080', kind: 'video', position: 1 } });

  const { changes } = await restore();
  const of = (table: string) => changes.find((change) => change.table === table);
  expect([of('"Video"'), of('"Chunk"'), of('"ShareLink"')]).toEqual([
    { table: '"Video"', added: 0, replaced: 1, same: 0 },
    { table: '"Chunk"', added: 1, replaced: 0, same: 0 },
    { table: '"ShareLink"', added: 0, replaced: 0, same: 2 },
  ]);
  expect(await db.video.findUnique({ where: { id: video.id } })).toMatchObject({
    ...{ title: 'Lost: a "title", ünïcode', probe: null },
  });
  expect(await db.chunk.count({ where: { jobId } })).toBe(1);
  expect((await db.shareLink.findUniqueOrThrow({ where: { id: shareId } })).revokedAt).not.toBeNull();
  expect(await db.shareLink.findMany({ where: { id: { in: [withdrawn.id, since.id] } } })).toHaveLength(1);
  expect(await db.rendition.count({ where: { jobId: later.jobId } })).toBe(2);
});

test('what leads to a user who was erased leads nowhere, and nobody comes back with it', async () => {
  const { createdById } = await world.db.shareLink.findFirstOrThrow({ where: { videoId: video.id } });
  const userId = createdById ?? '';
  await makeBackup(engine, 'asked');
  await lose(world, video);
  await world.db.$transaction((tx) => eraseUser(tx, userId));
  await restore();
  expect((await world.db.shareLink.findFirstOrThrow({ where: { videoId: video.id } })).createdById).toBeNull();
  expect(await world.db.user.count({ where: { id: userId } })).toBe(0);
});

test('without what it is played from it comes back only where somebody wants that', async () => {
  await makeBackup(engine, 'asked');
  await lose(world, video);
  const [source = '', played = ''] = video.keys;
  await world.media.delete([source, played]);
  // One that is cut off is not taken for it.
  const copies = world.newStore();
  await copies.put(played, Buffer.from('#'));
  await expect(restore({ copies })).rejects.toMatchObject({
    code: 'restore_objects_missing',
    message: expect.stringContaining(`nobody has 1 of the objects that it takes to play it, such as ${played}`),
  });
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(0);
  expect(await world.media.head(played)).toBeUndefined();
  const { objects } = await restore({ incomplete: true });
  expect(objects).toEqual({ there: 0, copied: [], lost: [played, source], lostPlayed: [played] });
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(1);
});

test('work that was under way then comes back canceled, and work that is under way now is waited for', async () => {
  const { db } = world;
  const started = await db.$transaction((tx) =>
    db.video
      .findUniqueOrThrow({ where: { id: video.id } })
      .then((row) => createJob(tx, { video: row, preset: 'web', priority: 'normal' })),
  );
  const where = { jobId: started.job.id };
  await db.job.update({ where: { id: started.job.id }, data: { state: 'running' } });
  await db.task.updateMany({
    where: { ...where, stage: 'probe' },
    data: { state: 'running', workerId: 'w', token: 1 },
  });
  await makeBackup(engine, 'asked');
  await expect(restore()).rejects.toMatchObject({ code: 'restore_video_busy', retryable: true });
  await lose(world, video);
  expect((await restore()).canceled).toBe(1);
  expect(await db.job.findUnique({ where: { id: started.job.id } })).toMatchObject({
    ...{ state: 'canceled', endedAt: expect.any(Date), sweptAt: null },
  });
  expect((await db.task.findMany({ where })).map(({ state }) => state)).toEqual(['canceled', 'canceled']);
  expect((await db.video.findUniqueOrThrow({ where: { id: video.id } })).state).toBe('ready');
  await expect(restore()).rejects.toThrow('what its last work left is still to be removed');
});

test('who asked for it stands in the log of changes', async () => {
  await makeBackup(engine, 'asked');
  await lose(world, video);
  const id = crypto.randomUUID();
  await restore({ by: { kind: 'user', id } });
  expect(await world.db.audit.findMany({ where: { target: video.id } })).toMatchObject([
    { action: 'video.restore', actorUserId: id, details: { name: 'Lost: a "title", ünïcode' } },
  ]);
});

test('rows that change before it is done are told, one is done at a time, and one that breaks off has done nothing', async () => {
  await makeBackup(engine, 'asked');
  const rename = () => world.db.video.update({ where: { id: video.id }, data: { title: 'Meanwhile' } });
  await expect(restore({ before: rename })).rejects.toThrow('its rows have changed meanwhile');
  const second = () => restore({ go: false });
  await expect(restore({ before: second })).rejects.toMatchObject({ code: 'restore_running', status: 409 });
  expect((await world.db.video.findUniqueOrThrow({ where: { id: video.id } })).title).toBe('Meanwhile');

  await lose(world, video);
  // Slow at the last of its tables, when most of it is written.
  await query(
    world,
    `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'`,
  );
  await query(world, 'CREATE TRIGGER slow BEFORE INSERT ON "TaskAttempt" FOR EACH ROW EXECUTE FUNCTION wait()');
  const broken = restore();
  const [ended] = await Promise.allSettled([broken, kill()]);
  expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'database_unavailable' } });
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(0);
  expect(await world.db.audit.count({ where: { target: video.id } })).toBe(0);
  await query(world, 'DROP FUNCTION wait CASCADE');
  await restore();
  expect((await rowsOf(world, video.id))['"TaskAttempt"']).toHaveLength(1);
});

/** Ends the connection that writes once it waits. */
async function kill(): Promise<void> {
  for (let killed = 0; killed === 0; await sleep(50)) {
    const rows = await query(
      world,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`,
    );
    killed = rows.length;
  }
}

test('every table that refers to a video, however far, is part of it', async () => {
  const { tables, unreferred } = await withClient(world.stack.databaseUrl, async (client) => {
    const references = await referencesIn(client);
    const marked = await markClosure(client, references, { table: '"Video"', id: video.id });
    const { rows } = await client.query<{ table: string }>(
      `SELECT DISTINCT attrelid::regclass::text AS "table" FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relkind = 'r' AND attname IN ('videoId', 'jobId', 'taskId', 'uploadId') ORDER BY 1`,
    );
    return { tables: marked, unreferred: rows.map((row) => row.table).filter((table) => !marked.includes(table)) };
  });
  expect(tables.toSorted()).toEqual(Object.keys(TABLES).toSorted());
  // Of a moment, or of the second store: it is planned anew.
  expect(unreferred).toEqual(['"CopyMark"', '"ObjectCopy"', '"UploadLock"']);
});

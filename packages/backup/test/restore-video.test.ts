import { setTimeout as sleep } from 'node:timers/promises';
import { askErasure, createJob, eraseUser, setCopyTarget } from '@transcode/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withClient } from '../src/connection.ts';
import { putTombstone } from '../src/erasures/tombstones.ts';
import { findBackup, makeBackup, restoreVideo, type VideoPlan } from '../src/index.ts';
import { markClosure, referencesIn } from '../src/video/closure.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let engine: ReturnType<World['engine']>;
let video: { id: string; keys: string[] };
beforeAll(async () => {
  world = await startWorld();
  await query(
    `CREATE TABLE "Later" (id serial PRIMARY KEY, said jsonb, "jobId" uuid NOT NULL REFERENCES "Job" ON DELETE CASCADE)`,
  );
});
afterAll(() => world.dispose());
beforeEach(async () => {
  engine = world.engine();
  video = await addWholeVideo('Lost: a "title", ünïcode');
});

const query = (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  withClient(
    world.stack.databaseUrl,
    async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows,
  );

/** A video with a row in each table that knows of it. */
async function addWholeVideo(title: string) {
  const added = await world.addVideo(title);
  const { db } = world;
  const { uploadId } = await db.video.findUniqueOrThrow({ where: { id: added.id } });
  const { id: jobId } = await db.job.findFirstOrThrow({ where: { videoId: added.id } });
  const task = await db.task.findFirstOrThrow({ where: { jobId } });
  await db.task.updateMany({ where: { jobId }, data: { state: 'completed', endedAt: new Date() } });
  await db.taskAttempt.create({ data: { taskId: task.id, token: 1, workerId: 'w', endedAt: new Date() } });
  await db.job.update({
    where: { id: jobId },
    data: { notes: ['one', 'a, "b"'], sweptAt: new Date(), endedAt: new Date() },
  });
  await db.rendition.create({ data: { jobId, name: 'v720', kind: 'video', position: 0, bytes: 2n ** 53n + 1n } });
  await db.chunk.create({
    data: { jobId, kind: 'video', index: 0, state: 'done', result: { any: null, text: 'x\ny' } },
  });
  await query(`INSERT INTO "Later" (said, "jobId") VALUES ('{"a": [1.5, null]}', $1)`, [jobId]);
  const email = `${crypto.randomUUID()}@example.org`;
  const user = await db.user.create({ data: { email, name: 'Ada', role: 'editor', passwordHash: '' } });
  const share = await addShare(added.id, user.id);
  return { ...added, uploadId: uploadId ?? '', jobId, userId: user.id, shareId: share.id };
}

const addShare = (videoId: string, createdById?: string) =>
  world.db.shareLink.create({
    data: {
      videoId,
      tokenHash: crypto.randomUUID(),
      expiresAt: new Date('2099-01-01'),
      createdById: createdById ?? null,
    },
  });

const TABLES = {
  '"Upload"': `id = (SELECT "uploadId" FROM "Video" WHERE id = $1)`,
  '"Video"': 'id = $1',
  '"Job"': '"videoId" = $1',
  '"ShareLink"': '"videoId" = $1',
  ...Object.fromEntries(
    ['"Chunk"', '"Later"', '"Rendition"', '"Task"'].map((table) => [
      table,
      '"jobId" IN (SELECT id FROM "Job" WHERE "videoId" = $1)',
    ]),
  ),
  '"TaskAttempt"': `"taskId" IN (SELECT t.id FROM "Task" t JOIN "Job" j ON j.id = t."jobId" WHERE j."videoId" = $1)`,
};

/** All rows of a video, whole. */
async function rowsOf(id: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const [table, where] of Object.entries(TABLES))
    rows[table] = (await query(`SELECT t::text AS row FROM ${table} t WHERE ${where} ORDER BY 1`, [id])).map(
      ({ row }) => row,
    );
  return rows;
}

/** As somebody does by mistake who works with the database itself. */
async function lose({ id }: { id: string }): Promise<void> {
  const [row] = await query('DELETE FROM "Video" WHERE id = $1 RETURNING "uploadId"', [id]);
  await query('DELETE FROM "Upload" WHERE id = $1', [row?.['uploadId']]);
}

interface Options {
  go?: boolean;
  incomplete?: boolean;
  copies?: World['media'];
  id?: string;
  by?: { kind: 'user' | 'key'; id: string };
  before?: () => Promise<unknown>;
}

const neverSeveral = () => {
  throw new Error('It was asked for by its id.');
};

async function restore({
  go = true,
  incomplete = false,
  copies,
  id = video.id,
  by,
  before,
}: Options = {}): Promise<VideoPlan> {
  const plans: VideoPlan[] = [];
  const agree = async (plan: VideoPlan) => {
    plans.push(plan);
    await before?.();
    return { go, incomplete };
  };
  const wanted = { video: id, onSeveral: neverSeveral, agree, by };
  const done = await restoreVideo({ ...engine, media: world.media, copies }, await findBackup(engine.store), wanted);
  expect(done !== undefined).toBe(go);
  const [plan] = plans;
  if (plan === undefined) throw new Error('Nobody was asked.');
  return plan;
}

test('what was lost comes back to the byte, beside what was made since', async () => {
  const copies = world.newStore();
  await setCopyTarget(world.db, 'file:///copies');
  for (const key of video.keys) await copies.put(key, await world.media.get(key));
  const before = await rowsOf(video.id);
  expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
  await makeBackup(engine, 'asked');
  await lose(video);
  await world.media.delete(video.keys.slice(0, 1));
  const since = await addWholeVideo('Since');
  const theirs = await rowsOf(since.id);

  const dry = await restore({ go: false, copies });
  expect(dry).toMatchObject({ canceled: 0, objects: { there: 1, copied: video.keys.slice(0, 1), lost: [] } });
  expect(Object.fromEntries(dry.changes.map(({ table, ...counts }) => [table, counts]))).toEqual(
    Object.fromEntries(
      Object.entries(before).map(([table, rows]) => [table, { added: rows.length, replaced: 0, same: 0 }]),
    ),
  );
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(0);
  expect(await world.media.head(video.keys[0] ?? '')).toBeUndefined();

  await query('DELETE FROM "CopyMark"');
  await restore({ copies });
  expect(await rowsOf(video.id)).toEqual(before);
  expect(await rowsOf(since.id)).toEqual(theirs);
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
  const withdrawn = await addShare(video.id);
  await makeBackup(engine, 'asked');
  await db.video.update({ where: { id: video.id }, data: { title: 'Spoilt', probe: { wrong: true } } });
  await db.chunk.deleteMany({ where: { jobId } });
  await db.shareLink.update({ where: { id: shareId }, data: { revokedAt: new Date() } });
  await db.shareLink.delete({ where: { id: withdrawn.id } });
  await db.audit.create({
    data: { action: 'share.revoke', target: video.id, details: { share: withdrawn.id, name: 'a' } },
  });
  const since = await addShare(video.id);
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
  await lose(video);
  await world.db.$transaction((tx) => eraseUser(tx, userId));
  await restore();
  expect((await world.db.shareLink.findFirstOrThrow({ where: { videoId: video.id } })).createdById).toBeNull();
  expect(await world.db.user.count({ where: { id: userId } })).toBe(0);
});

test('what was deleted stays deleted, whoever remembers it', async () => {
  const { db } = world;
  const by = { kind: 'user', id: crypto.randomUUID() } as const;
  await makeBackup(engine, 'asked');
  await lose(video);
  const erasure = await db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: video.id, by }));
  await expect(restore()).rejects.toMatchObject({ code: 'restore_video_erased', status: 409 });
  await db.erasure.delete({ where: { id: erasure.id } });
  await putTombstone(engine.store, erasure);
  await expect(restore()).rejects.toThrow(`The video ${video.id} was not restored: it was deleted,`);

  const other = await addWholeVideo('Of a workspace');
  engine = world.engine();
  await makeBackup(engine, 'asked');
  const { workspaceId } = await db.video.findUniqueOrThrow({ where: { id: other.id } });
  await lose(other);
  await db.workspace.update({ where: { id: workspaceId }, data: { erasingAt: new Date() } });
  await expect(restore({ id: other.id })).rejects.toThrow('its workspace was deleted');
  await db.workspace.update({ where: { id: workspaceId }, data: { erasingAt: null } });
  // Deleted between the question and the answer.
  const before = async () => db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: other.id, by }));
  await expect(restore({ id: other.id, before })).rejects.toMatchObject({ code: 'restore_video_erased' });
  expect(await db.video.count({ where: { id: { in: [video.id, other.id] } } })).toBe(0);
});

test('without what it is played from it comes back only where somebody wants that', async () => {
  await makeBackup(engine, 'asked');
  await lose(video);
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
  await lose(video);
  expect((await restore()).canceled).toBe(1);
  expect(await db.job.findUnique({ where: { id: started.job.id } })).toMatchObject({
    ...{ state: 'canceled', endedAt: expect.any(Date), sweptAt: null },
  });
  expect((await db.task.findMany({ where })).map(({ state }) => state)).toEqual(['canceled', 'canceled']);
  expect((await db.video.findUniqueOrThrow({ where: { id: video.id } })).state).toBe('ready');
  await expect(restore()).rejects.toThrow('what its last work left is still to be removed');
});

test('one is found by what it was called then; several are told, and of those that were erased since nobody hears', async () => {
  const { db } = world;
  const name = `Harbour ${crypto.randomUUID()} 100%`;
  const [first, second, erased] = [
    await addWholeVideo(name),
    await addWholeVideo(`${name}, second`),
    await addWholeVideo(`${name}, gone`),
  ];
  await makeBackup(engine, 'asked');
  const by = { kind: 'user', id: crypto.randomUUID() } as const;
  await db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: erased.id, by }));
  for (const lost of [first, second]) await lose(lost);
  // More than a statement has room to name, as years of deleting leave them.
  await db.$executeRaw`
    INSERT INTO "Erasure" ("id", "kind", "subjectId", "rows", "erasedAt", "tombstoneAt", "receiptAt")
    SELECT gen_random_uuid(), 'video', gen_random_uuid(), -1, now(), now(), now() FROM generate_series(1, 70000)`;
  const find = async (called: string) => {
    const told: string[] = [];
    const onSeveral = (videos: readonly { id: string }[]) => void told.push(...videos.map(({ id }) => id));
    const agree = async ({ id }: VideoPlan) => {
      told.push(id);
      return { go: false, incomplete: false };
    };
    const found = await findBackup(engine.store);
    await restoreVideo({ ...engine, media: world.media, copies: undefined }, found, {
      video: called,
      onSeveral,
      agree,
    });
    return told;
  };
  // Exactly so is one, and a part of it is of both; a sign of patterns is none.
  expect(await find(name.toUpperCase())).toEqual([first.id]);
  expect(await find(name.slice(0, -5))).toEqual([second.id, first.id]);
  expect(await find(`${name}, sec`)).toEqual([second.id]);
  await expect(find(`${name}, gone`)).rejects.toThrow('none was called so then');
  await expect(find('Harb%100')).rejects.toMatchObject({ code: 'restore_video_missing' });
  expect(await db.video.count({ where: { id: { in: [first.id, second.id] } } })).toBe(0);
  await db.$executeRaw`DELETE FROM "Erasure" WHERE "rows" = -1`;
});

test('who asked for it stands in the log of changes', async () => {
  await makeBackup(engine, 'asked');
  await lose(video);
  const id = crypto.randomUUID();
  await restore({ by: { kind: 'user', id } });
  expect(await world.db.audit.findMany({ where: { target: video.id } })).toMatchObject([
    { action: 'video.restore', actorUserId: id, details: { name: 'Lost: a "title", ünïcode' } },
  ]);
});

test('one that was not there then, or not whole, is refused', async () => {
  await makeBackup(engine, 'asked');
  await expect(restore({ id: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'restore_video_missing',
    status: 404,
  });
  await world.db.upload.updateMany({ where: { video: { id: video.id } }, data: { state: 'receiving' } });
  await makeBackup(engine, 'asked');
  await world.db.upload.updateMany({ where: { video: { id: video.id } }, data: { state: 'complete' } });
  await expect(restore()).rejects.toThrow('its upload had not come whole by then');
});

test('rows that change before it is done are told, one is done at a time, and one that breaks off has done nothing', async () => {
  await makeBackup(engine, 'asked');
  const rename = () => world.db.video.update({ where: { id: video.id }, data: { title: 'Meanwhile' } });
  await expect(restore({ before: rename })).rejects.toThrow('its rows have changed meanwhile');
  const second = () => restore({ go: false });
  await expect(restore({ before: second })).rejects.toMatchObject({ code: 'restore_running', status: 409 });
  expect((await world.db.video.findUniqueOrThrow({ where: { id: video.id } })).title).toBe('Meanwhile');

  await lose(video);
  // Slow at the last of its tables, when most of it is written.
  await query(
    `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'`,
  );
  await query('CREATE TRIGGER slow BEFORE INSERT ON "TaskAttempt" FOR EACH ROW EXECUTE FUNCTION wait()');
  const broken = restore();
  const [ended] = await Promise.allSettled([broken, kill()]);
  expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'database_unavailable' } });
  expect(await world.db.video.count({ where: { id: video.id } })).toBe(0);
  expect(await world.db.audit.count({ where: { target: video.id } })).toBe(0);
  await query('DROP FUNCTION wait CASCADE');
  await restore();
  expect((await rowsOf(video.id))['"TaskAttempt"']).toHaveLength(1);
});

/** Ends the connection that writes once it waits. */
async function kill(): Promise<void> {
  for (let killed = 0; killed === 0; await sleep(50)) {
    const rows = await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
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

import { expect } from 'vitest';
import { withClient } from '../src/connection.ts';
import { findBackup, restoreVideo, type VideoPlan } from '../src/index.ts';
import { startWorld, type World } from './world.ts';

/** A world whose schema has one table more than this version knows, as a later one may. */
export async function startLaterWorld(): Promise<World> {
  const world = await startWorld();
  await query(
    world,
    `CREATE TABLE "Later" (id serial PRIMARY KEY, said jsonb, "jobId" uuid NOT NULL REFERENCES "Job" ON DELETE CASCADE)`,
  );
  return world;
}

export const query = (world: World, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  withClient(
    world.stack.databaseUrl,
    async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows,
  );

/** A video with a row in each table that knows of it. */
export async function addWholeVideo(world: World, title: string) {
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
  await query(world, `INSERT INTO "Later" (said, "jobId") VALUES ('{"a": [1.5, null]}', $1)`, [jobId]);
  const email = `${crypto.randomUUID()}@example.org`;
  const user = await db.user.create({ data: { email, name: 'Ada', role: 'editor', passwordHash: '' } });
  const share = await addShare(world, added.id, user.id);
  return { ...added, uploadId: uploadId ?? '', jobId, userId: user.id, shareId: share.id };
}

export const addShare = (world: World, videoId: string, createdById?: string) =>
  world.db.shareLink.create({
    data: {
      videoId,
      tokenHash: crypto.randomUUID(),
      expiresAt: new Date('2099-01-01'),
      createdById: createdById ?? null,
    },
  });

/** All tables that know of a video, and which rows of them. */
export const TABLES = {
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
export async function rowsOf(world: World, id: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const [table, where] of Object.entries(TABLES))
    rows[table] = (await query(world, `SELECT t::text AS row FROM ${table} t WHERE ${where} ORDER BY 1`, [id])).map(
      ({ row }) => row,
    );
  return rows;
}

/** As somebody does by mistake who works with the database itself. */
export async function lose(world: World, { id }: { id: string }): Promise<void> {
  const [row] = await query(world, 'DELETE FROM "Video" WHERE id = $1 RETURNING "uploadId"', [id]);
  await query(world, 'DELETE FROM "Upload" WHERE id = $1', [row?.['uploadId']]);
}

export interface RestoreOptions {
  id: string;
  go?: boolean;
  incomplete?: boolean;
  copies?: World['media'];
  by?: { kind: 'user' | 'key'; id: string };
  before?: () => Promise<unknown>;
}

const neverSeveral = () => {
  throw new Error('It was asked for by its id.');
};

/** Restores from the newest backup, once `before` is done: what somebody was asked. */
export async function restoreNewest(
  world: World,
  engine: ReturnType<World['engine']>,
  { id, go = true, incomplete = false, copies, by, before }: RestoreOptions,
): Promise<VideoPlan> {
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

import { askErasure } from '@transcode/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { putTombstone } from '../src/erasures/tombstones.ts';
import { findBackup, makeBackup, restoreVideo, type VideoPlan } from '../src/index.ts';
import { addWholeVideo, lose, restoreNewest, startLaterWorld, type RestoreOptions } from './whole-video.ts';
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

test('what was deleted stays deleted, whoever remembers it', async () => {
  const { db } = world;
  const by = { kind: 'user', id: crypto.randomUUID() } as const;
  await makeBackup(engine, 'asked');
  await lose(world, video);
  const erasure = await db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: video.id, by }));
  await expect(restore()).rejects.toMatchObject({ code: 'restore_video_erased', status: 409 });
  await db.erasure.delete({ where: { id: erasure.id } });
  await putTombstone(engine.store, erasure);
  await expect(restore()).rejects.toThrow(`The video ${video.id} was not restored: it was deleted,`);

  const other = await addWholeVideo(world, 'Of a workspace');
  engine = world.engine();
  await makeBackup(engine, 'asked');
  const { workspaceId } = await db.video.findUniqueOrThrow({ where: { id: other.id } });
  await lose(world, other);
  await db.workspace.update({ where: { id: workspaceId }, data: { erasingAt: new Date() } });
  await expect(restore({ id: other.id })).rejects.toThrow('its workspace was deleted');
  await db.workspace.update({ where: { id: workspaceId }, data: { erasingAt: null } });
  // Deleted between the question and the answer.
  const before = async () => db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: other.id, by }));
  await expect(restore({ id: other.id, before })).rejects.toMatchObject({ code: 'restore_video_erased' });
  expect(await db.video.count({ where: { id: { in: [video.id, other.id] } } })).toBe(0);
});

test('one is found by what it was called then; several are told, and of those that were erased since nobody hears', async () => {
  const { db } = world;
  const name = `Harbour ${crypto.randomUUID()} 100%`;
  const [first, second, erased] = [
    await addWholeVideo(world, name),
    await addWholeVideo(world, `${name}, second`),
    await addWholeVideo(world, `${name}, gone`),
  ];
  await makeBackup(engine, 'asked');
  const by = { kind: 'user', id: crypto.randomUUID() } as const;
  await db.$transaction((tx) => askErasure(tx, { kind: 'video', subjectId: erased.id, by }));
  for (const lost of [first, second]) await lose(world, lost);
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

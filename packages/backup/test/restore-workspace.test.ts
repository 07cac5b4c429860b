import { askErasure } from '@transcode/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBackup, makeBackup, restoreWorkspace, type VideoEnd, type VideoPlan } from '../src/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let engine: ReturnType<World['engine']>;
let workspace: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  engine = world.engine();
  for (const title of ['Lost', 'Erased', 'Busy', 'There', 'Without objects', 'Lost, too']) {
    const { id } = await world.addVideo(title);
    ids[title] = id;
    await world.db.task.updateMany({ data: { state: 'completed' } });
    await world.db.job.updateMany({ data: { sweptAt: new Date(), endedAt: new Date() } });
  }
  workspace = (await world.db.workspace.findFirstOrThrow()).id;
  await makeBackup(engine, 'asked');
});
afterAll(() => world.dispose());

const lose = (...titles: string[]) =>
  world.db.video.deleteMany({ where: { id: { in: titles.map((title) => ids[title] ?? '') } } });
const titles = async (): Promise<string[]> =>
  (await world.db.video.findMany({ where: { state: 'ready' }, orderBy: { id: 'asc' } })).map(({ title }) => title);

async function restore({ id = workspace, broken }: { id?: string; broken?: string } = {}) {
  const ends: VideoEnd[] = [];
  const agree = async ({ title, changes }: VideoPlan) => {
    if (title === broken) throw new Error('The house is dark.');
    return { go: changes.some(({ added }) => added > 0), incomplete: false };
  };
  const videos = await restoreWorkspace(
    { ...engine, media: world.media, copies: undefined },
    await findBackup(engine.store),
    { id, agree, onEnd: (end) => ends.push(end), isRefusal: () => false },
  );
  return { videos, ends };
}

test('each that was lost comes back, and what one is refused for keeps no other', async () => {
  await lose('Lost', 'Erased', 'Without objects', 'Lost, too');
  await world.db.$transaction((tx) =>
    askErasure(tx, { kind: 'video', subjectId: ids['Erased'] ?? '', by: { kind: 'key', id: crypto.randomUUID() } }),
  );
  await world.db.job.updateMany({ where: { videoId: ids['Busy'] ?? '' }, data: { state: 'running' } });
  await world.media.deletePrefix(`w/${workspace}/v/${ids['Without objects'] ?? ''}/`);

  const { videos, ends } = await restore();
  expect(videos).toBe(6);
  expect(ends.map(({ title, lost, refused }) => [title, lost ?? refused])).toEqual([
    ['Lost', []],
    ['Erased', expect.stringContaining('what was deleted is never brought back')],
    ['Busy', expect.stringContaining('it is being worked on')],
    ['There', undefined],
    ['Without objects', expect.stringContaining('nobody has 1 of the objects')],
    ['Lost, too', []],
  ]);
  expect(await titles()).toEqual(['Lost', 'Busy', 'There', 'Lost, too']);
});

test('what is wrong with more than one video ends it, and those before it are whole', async () => {
  await lose('Lost', 'Lost, too');
  await expect(restore({ broken: 'Lost, too' })).rejects.toThrow('The house is dark.');
  expect(await titles()).toEqual(['Lost', 'Busy', 'There']);
  expect((await restore()).ends.at(-1)).toMatchObject({ title: 'Lost, too', lost: [] });
});

test('a workspace that had no video is told', async () => {
  await expect(restore({ id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'backup_missing' });
});

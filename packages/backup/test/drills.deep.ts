import { createHash } from 'node:crypto';
import { jobFolder } from '@transcode/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBackup, makeBackup, rehearse, timeDrill, type Step } from '../src/index.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let engine: ReturnType<World['engine']>;

beforeAll(async () => {
  world = await startWorld();
  engine = world.engine();
});
afterAll(() => world.dispose());

const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv180.m3u8\n';
const MEDIA = '#EXTM3U\n#EXT-X-MAP:URI="v180/0-1/init.mp4"\n#EXTINF:1,\nv180/0-1/0.m4s\n#EXT-X-ENDLIST\n';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One that is played from two playlists and two objects, by its rows. */
async function published(playlists: Record<string, string> = { 'master.m3u8': MASTER, 'v180.m3u8': MEDIA }) {
  const { id } = await world.addVideo('Night ferry');
  const { publishedJobId, workspaceId } = await world.db.video.findUniqueOrThrow({ where: { id } });
  const folder = jobFolder({ id: publishedJobId ?? '', workspaceId, videoId: id });
  const files = Object.entries(playlists).map(([name, text]) => ({
    ...{ name, key: `${folder}package/0-2/${name}`, bytes: text.length, text },
    contentType: 'application/vnd.apple.mpegurl',
  }));
  const segments = ['init.mp4', '0.m4s'].map((name) => ({ key: `${folder}v180/0-1/${name}`, text: `of ${name}` }));
  const result = segments.map(({ key, text }) => ({ key, bytes: text.length, sha256: sha256(text) }));
  await world.db.job.update({ where: { id: publishedJobId ?? '' }, data: { published: { files } } });
  await world.db.chunk.create({
    data: { jobId: publishedJobId ?? '', kind: 'video', index: 0, state: 'done', result: { segments: result } },
  });
  for (const { key, text } of [...files, ...segments]) await world.media.put(key, Buffer.from(text));
  return { id, folder };
}

const held = async (change: { databaseUrl?: string } = {}) => {
  const backup = await findBackup(engine.store);
  const said: string[] = [];
  const about = { backup, product: '0.1.0', onStep: (doing: string) => said.push(doing), told: String };
  const drill = await timeDrill({ ...about, signal: new AbortController().signal }, (step: Step) =>
    rehearse({ ...engine, media: world.media, ...change }, backup, step),
  );
  return { drill, said };
};

test('restores, and reads all that the newest video is played from', async () => {
  await world.addVideo('Older');
  const { id } = await published();
  await makeBackup(engine, 'asked');
  const { drill, said } = await held();
  expect(drill).toMatchObject({ result: 'good', read: id, rpoSeconds: expect.any(Number) });
  expect(drill).not.toHaveProperty('video');
  expect(Object.keys(drill.steps)).toEqual(['restore', 'read']);
  expect(drill.rtoSeconds).toBeCloseTo((drill.steps['restore'] ?? 0) + (drill.steps['read'] ?? 0), 5);
  expect(said).toEqual([expect.stringContaining('Restoring 0'), `Reading all of the video ${id} …`]);
});

test('asks no database but its own', async () => {
  const { drill } = await held({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' });
  expect(drill.result).toBe('good');
});

test.for([
  ['an object is gone', 'v180/0-1/0.m4s', undefined, /0\.m4s is not in the storage/],
  ['a playlist is gone', 'package/0-2/v180.m3u8', undefined, /v180\.m3u8 is not in the storage/],
  ['an object is cut', 'v180/0-1/init.mp4', 'of ini', /has 6 bytes in the storage, where 11 were written/],
  ['an object is another', 'v180/0-1/0.m4s', 'of 1.m4s', /its checksum is another/],
] as const)('%s: it would not play, and the drill says so', async ([, name, instead, reason]) => {
  const { id, folder } = await published();
  await makeBackup(engine, 'asked');
  await world.media.delete([`${folder}${name}`]);
  if (instead !== undefined) await world.media.put(`${folder}${name}`, Buffer.from(instead));
  const { drill } = await held();
  expect(drill).toMatchObject({ result: 'bad', reason: expect.stringMatching(reason) });
  expect(drill.reason).toContain(`its newest video ${id} would not play`);
});

test.for([
  ['names what no row knows', { 'master.m3u8': MASTER }, /no row knows v180\.m3u8/],
  ['names nothing', { 'master.m3u8': '#EXTM3U\n' }, /master\.m3u8 names nothing/],
  ['is none', { 'master.m3u8': '<html>' }, /master\.m3u8 is no playlist/],
] as const)('a playlist that %s: it would not play', async ([, playlists, reason]) => {
  await published(playlists);
  await makeBackup(engine, 'asked');
  expect((await held()).drill).toMatchObject({ result: 'bad', reason: expect.stringMatching(reason) });
});

test('one that is broken off is none', async () => {
  const backup = await findBackup(engine.store);
  const stop = new AbortController();
  const about = { backup, product: '0.1.0', onStep: () => stop.abort(), told: String, signal: stop.signal };
  await expect(
    timeDrill(about, (step: Step) => rehearse({ ...engine, media: world.media, signal: stop.signal }, backup, step)),
  ).rejects.toThrow(/abort/i);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { PublishedFolder } from '@transcode/contracts';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { publishVideo } from './published-video.ts';
import { addVideo } from './videos.ts';

let here: Installation;
let api: RunningApi;

beforeAll(async () => {
  here = await install();
  api = await here.start();
});
afterAll(() => here.dispose());

async function choose(id: string, body: object): Promise<Response> {
  return fetch(`${api.url}/api/v1/videos/${id}/poster`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await here.key('editor')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('a worker is asked for the chosen poster, and who chose is written down', async () => {
  const { videoId, jobId } = await publishVideo(here);
  expect((await choose(videoId, { seconds: 7.2 })).status).toBe(200);
  expect((await choose(videoId, { seconds: 8 })).status).toBe(200);
  const tasks = await here.db.task.findMany({ where: { jobId, stage: 'poster' }, orderBy: { index: 'asc' } });
  expect(tasks.map(({ index, state, essential }) => [index, state, essential])).toEqual([
    [0, 'queued', false],
    [1, 'queued', false],
  ]);
  const [entry] = await here.db.audit.findMany({ where: { target: videoId }, orderBy: { id: 'desc' } });
  expect(entry).toMatchObject({
    action: 'video.choosePoster',
    details: { before: { poster: 7.2 }, after: { poster: 8 } },
  });
  const video = await here.db.video.findUniqueOrThrow({ where: { id: videoId } });
  expect([video.state, video.posterSeconds]).toEqual(['ready', 8]);
});

test('a poster that is new in the folder is served at once', async () => {
  const { videoId, jobId, prefix } = await publishVideo(here);
  const answer = (await (await choose(videoId, { seconds: 1 })).json()) as { posterUrl: string };
  expect((await fetch(answer.posterUrl)).status).toBe(200);
  const key = `${prefix}/poster/poster-0-1.jpg`;
  await here.storage.put(key, Buffer.from('new'), { contentType: 'image/jpeg' });
  const { published } = await here.db.job.findUniqueOrThrow({ where: { id: jobId } });
  const folder = PublishedFolder.parse(published);
  const file = { name: 'poster-0-1.jpg', key, bytes: 3, contentType: 'image/jpeg' };
  await here.db.job.update({
    where: { id: jobId },
    data: { published: { ...folder, files: [...folder.files, file] } },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const now = await fetch(answer.posterUrl.replace('poster.jpg', 'poster-0-1.jpg'));
  expect([now.status, await now.text()]).toEqual([200, 'new']);
});

test('of what cannot be played nothing is chosen, and a place is a number', async () => {
  const failed = await addVideo(here, { state: 'failed' });
  expect((await choose(failed.id, { seconds: 1 })).status).toBe(409);
  const { videoId } = await publishVideo(here);
  for (const seconds of [-1, 'soon', null]) expect((await choose(videoId, { seconds })).status).toBe(400);
});

import { JobItem, VideoDetail, VideoView } from '@transcode/contracts';
import type { Job, Prisma, Video } from '@transcode/db';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { KeptViews } from '../src/views/kept-views.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addJob, addVideo } from './videos.ts';

const Videos = z.object({ items: z.array(VideoView) });
const Jobs = z.object({ items: z.array(JobItem) });

let here: Installation;
let api: RunningApi;
let key: string;
let video: Video;
let job: Job;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('editor');
});
beforeEach(async () => {
  video = await addVideo(here, { title: 'Before' });
  job = await addJob(here, video, { state: 'completed' });
  const published = {
    files: [{ name: 'poster.jpg', key: 'k', bytes: 1, contentType: 'image/jpeg' }],
    poster: 'poster.jpg',
  };
  await here.db.job.update({ where: { id: job.id }, data: { published } });
  await update({ state: 'ready', publishedJobId: job.id });
  await addTask({ stage: 'publish', state: 'completed' });
  // Kept from here on.
  await told();
});
afterAll(() => here.dispose());

const update = (data: Prisma.VideoUncheckedUpdateInput): Promise<Video> =>
  here.db.video.update({ where: { id: video.id }, data });
const addTask = (data: Pick<Prisma.TaskUncheckedCreateInput, 'stage' | 'state'>): Promise<{ id: string }> =>
  here.db.task.create({ data: { jobId: job.id, class: 'cpu', ...data } });

async function get(path: string, secret = key): Promise<unknown> {
  return (await fetch(`${api.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })).json();
}

async function posterAt(host: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${key}`, 'x-forwarded-host': host };
  return VideoDetail.parse(await (await fetch(`${api.url}/api/v1/videos/${video.id}`, { headers })).json()).posterUrl;
}

/** What a list and the page of the video say of it, and the list of jobs of its job. */
async function told(secret = key) {
  const { items } = Videos.parse(await get('/videos?limit=200', secret));
  const jobs = Jobs.parse(await get('/jobs?limit=200', secret)).items;
  const detail = VideoDetail.parse(await get(`/videos/${video.id}`, secret));
  return {
    item: items.find(({ id }) => id === video.id),
    job: jobs.find(({ videoId }) => videoId === video.id),
    detail,
  };
}

describe('what rests is said as it is', () => {
  test('the same each time', async () => {
    const first = await told();
    expect(first.item).toMatchObject({ title: 'Before', state: 'ready', jobId: job.id });
    expect(first.detail).toMatchObject(first.item ?? {});
    expect(await told()).toEqual(first);
  });

  test('once its title changed', async () => {
    await update({ title: 'After' });
    await here.db.job.update({ where: { id: job.id }, data: { videoTitle: 'After' } });
    const { item, detail, job: listed } = await told();
    expect([item?.title, detail.title, detail.job?.videoTitle, listed?.videoTitle]).toEqual(Array(4).fill('After'));
  });

  test('once it is tried again, as long as that goes on, and once it failed', async () => {
    job = await addJob(here, video, { state: 'running', startedAt: new Date() });
    await update({ state: 'processing' });
    const task = await addTask({ stage: 'probe', state: 'running' });
    const running = await told();
    expect([running.item?.jobId, running.detail.job?.tasks[0]?.state]).toEqual([job.id, 'running']);
    const progress = { fraction: 0.5 };
    await here.db.task.update({ where: { id: task.id }, data: { progress } });
    const further = await told();
    expect(further.item?.fraction).toBeGreaterThan(running.item?.fraction ?? 1);
    expect(further.detail.job?.fraction).toBe(further.item?.fraction);
    await here.db.task.update({ where: { id: task.id }, data: { state: 'failed' } });
    await here.db.job.update({ where: { id: job.id }, data: { state: 'failed', failureCode: 'source_empty' } });
    await update({ state: 'failed', failureCode: 'source_empty' });
    const { item, detail } = await told();
    expect([item?.state, detail.failure?.code, detail.job?.state]).toEqual(['failed', 'source_empty', 'failed']);
  });

  test('while something that nobody waits for goes on', async () => {
    const { id } = await addTask({ stage: 'measure', state: 'running' });
    const rendition = { jobId: job.id, name: 'v720', kind: 'video', position: 0 } as const;
    await here.db.rendition.create({ data: rendition });
    // The job's row says that there is more of it.
    await here.db.job.update({ where: { id: job.id }, data: { notes: ['It is measured.'] } });
    expect((await told()).detail.renditions[0]?.bytes).toBe(null);
    await here.db.rendition.update({ where: { jobId_name: { jobId: job.id, name: 'v720' } }, data: { bytes: 7 } });
    await here.db.task.update({ where: { id }, data: { state: 'completed' } });
    expect((await told()).detail.renditions[0]?.bytes).toBe(7);
  });

  test('to nobody who may not see it, nor once it is deleted', async () => {
    const other = await here.key('editor', await here.workspace());
    const answer = await fetch(`${api.url}/api/v1/videos/${video.id}`, {
      headers: { authorization: `Bearer ${other}` },
    });
    expect(answer.status).toBe(404);
    expect(Videos.parse(await get('/videos', other)).items).toEqual([]);
    expect(Jobs.parse(await get('/jobs', other)).items).toEqual([]);
    await update({ state: 'deleted' });
    await here.db.job.update({ where: { id: job.id }, data: { videoDeleted: true } });
    const { items } = Videos.parse(await get('/videos?limit=200'));
    expect(items.filter(({ id }) => id === video.id)).toEqual([]);
    expect(Jobs.parse(await get('/jobs?limit=200')).items.filter(({ id }) => id === job.id)).toEqual([]);
  });

  test('with addresses of the host that was asked', async () => {
    expect(
      [await posterAt('one.example'), await posterAt('other.example')].map((url) => new URL(url ?? '').host),
    ).toEqual(['one.example', 'other.example']);
  });
});

describe('of views', () => {
  const Said = z.object({ text: z.string() });

  test('one of another version is none', () => {
    const views = new KeptViews(Said);
    views.set('a', '1', { text: 'one' });
    expect([views.get('a', '1'), views.get('a', '2'), views.get('b', '1')]).toEqual([
      { text: 'one' },
      undefined,
      undefined,
    ]);
  });

  test('only so many are kept, and those that are asked for', () => {
    const views = new KeptViews(Said, 1_000);
    for (let number = 0; number < 100; number += 1) {
      views.set(`${number}`, '1', { text: 'x'.repeat(100) });
      expect(views.get('0', '1')).toBeDefined();
    }
    const kept = Array.from({ length: 100 }, (_, number) => views.get(`${number}`, '1')).filter(
      (view) => view !== undefined,
    );
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length).toBeLessThan(10);
  });

  test('what its schema does not know of is not kept', () => {
    const views = new KeptViews(Said);
    views.set('a', '1', { text: 'one', secret: 'two' } as z.infer<typeof Said>);
    expect(views.get('a', '1')).toEqual({ text: 'one' });
  });
});

import { JobItem, JobPage, QueueView, VideoDetail, VideoView, type Event, type Outlook } from '@transcode/contracts';
import type { Job } from '@transcode/db';
import { createEvents } from '@transcode/queue';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';
import { addWorker } from '../workers.ts';

let here: Installation;
let api: RunningApi;
let operator: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  operator = await here.key('operator', here.workspaceId, 'all');
});
beforeEach(async () => {
  await here.db.workControl.deleteMany();
  await here.db.worker.deleteMany();
  await here.db.video.deleteMany();
});
afterAll(() => here.dispose());

/** It is alive for as long as a busy machine needs for this. */
const LASTING = { seenAt: new Date(Date.now() + 600_000) };
const ago = (ms: number): Date => new Date(Date.now() - ms);

async function ask<T>(path: string, shape: z.ZodType<T>, body?: object): Promise<T> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${operator}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return shape.parse(await response.json());
}

/** A video of five chunks of which one took 30 s. */
async function addBegun(workerId: string): Promise<Job> {
  const video = await addVideo(here, { state: 'processing' });
  const job = await addJob(here, video, { state: 'running', startedAt: ago(60_000) });
  const chunk = { jobId: job.id, stage: 'encode' as const, class: 'cpu' as const, work: 10, queuedAt: ago(60_000) };
  const times = { startedAt: ago(40_000), endedAt: ago(10_000) };
  const done = await here.db.task.create({ data: { ...chunk, index: 0, state: 'completed', ...times } });
  await here.db.taskAttempt.create({ data: { taskId: done.id, token: 1, workerId, ...times, outcome: 'completed' } });
  await here.db.task.createMany({
    data: [
      ...[1, 2, 3, 4].map((index) => ({ ...chunk, index, state: 'queued' as const })),
      { jobId: job.id, stage: 'publish', class: 'light', state: 'blocked', after: ['encode'], work: 0.1 },
    ],
  });
  return job;
}

const list = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) });

/** Of the job and its video, wherever they are shown, and of the class. */
async function outlooks({ id, videoId }: Job): Promise<(Outlook | null | undefined)[]> {
  const [page, jobs, video, videos, queues] = await Promise.all([
    ask(`/jobs/${id}`, JobPage),
    ask('/jobs', list(JobItem)),
    ask(`/videos/${videoId}`, VideoDetail),
    ask('/videos', list(VideoView)),
    ask('/queues', list(QueueView)),
  ]);
  const cpu = queues.items.find((queue) => queue.class === 'cpu');
  return [page, jobs.items[0], video, videos.items[0], cpu].map((each) => each?.outlook);
}

test('a job and its video have one and the same time, wherever they are shown, and the class its own', async () => {
  const { id } = await addWorker(here, LASTING);
  const job = await addBegun(id);
  // What waits is looked at now and then.
  const all = await waitFor(async () => {
    const found = await outlooks(job);
    return found.every((outlook) => outlook?.kind === 'known') && found;
  });
  // Four chunks of 30 s, one after the other.
  for (const outlook of all) expect(outlook).toMatchObject({ kind: 'known', seconds: expect.closeTo(120, -1) });
  const ended = await addVideo(here, { state: 'ready' });
  await addJob(here, ended, { state: 'completed' });
  expect((await ask(`/videos/${ended.id}`, VideoDetail)).outlook).toBeNull();
});

test('a pause is said by all of them at once, and told to whoever looks', async () => {
  const { id } = await addWorker(here, LASTING);
  const job = await addBegun(id);
  await waitFor(async () => (await outlooks(job)).every((outlook) => outlook?.kind === 'known'));
  const events = createEvents({ redisUrl: here.env['REDIS_URL'] ?? '' });
  const heard: Event[] = [];
  events.subscribe((event) => heard.push(event));
  await waitFor(async () => {
    await events.send({
      type: 'upload',
      uploadId: 'x',
      offset: 0,
      size: 1,
      workspaceId: here.workspaceId,
      videoId: job.videoId,
    });
    return heard.length > 0;
  });
  try {
    await ask('/workers/pause', z.unknown(), { scope: 'class:cpu' });
    for (const outlook of await outlooks(job))
      expect(outlook).toMatchObject({ kind: 'stopped', class: 'cpu', now: true, controls: [{ scope: 'class:cpu' }] });
    await waitFor(() => heard.some(({ type }) => type === 'controls'));
    await fetch(`${api.url}/api/v1/workers/resume`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      body: JSON.stringify({ scope: 'class:cpu' }),
    });
    expect((await outlooks(job)).map((outlook) => outlook?.kind)).toEqual(Array.from({ length: 5 }, () => 'known'));
  } finally {
    await events.close();
  }
});

test('with nobody to do it, that is what is said', async () => {
  const job = await addBegun('gone');
  const all = await waitFor(async () => {
    const found = await outlooks(job);
    return found.every((outlook) => outlook?.kind === 'unserved') && found;
  });
  expect(all).toHaveLength(5);
});

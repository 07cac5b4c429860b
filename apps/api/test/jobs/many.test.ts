import { BulkOutcome } from '@transcode/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';

let here: Installation;
let api: RunningApi;
let editor: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  editor = await here.key('editor');
});
beforeEach(async () => {
  await here.db.audit.deleteMany();
  await here.db.video.deleteMany();
});
afterAll(() => here.dispose());

const post = (deed: string, body: object, key = editor): Promise<Response> =>
  fetch(`${api.url}/api/v1/jobs/${deed}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const ask = async (deed: string, body: object): Promise<BulkOutcome> =>
  BulkOutcome.parse(await (await post(deed, body)).json());
const states = async (): Promise<string[]> =>
  (await here.db.job.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state);

async function add(state: 'queued' | 'running' | 'failed' | 'completed', workspaceId?: string): Promise<string> {
  const videoState = state === 'failed' ? 'failed' : state === 'completed' ? 'ready' : 'processing';
  const video = await addVideo(here, { state: videoState, ...(workspaceId !== undefined && { workspaceId }) });
  const failure = state === 'failed' ? { failureCode: 'encode_failed', endedAt: new Date() } : {};
  const job = await addJob(here, video, { state, ...failure });
  await here.db.task.create({
    data: { jobId: job.id, stage: 'probe', class: 'light', state: 'queued', queuedAt: new Date() },
  });
  return job.id;
}

describe('canceling many', () => {
  test('counts first and changes nothing, then cancels those that are not over, each written down', async () => {
    await add('queued');
    await add('running');
    await add('completed');
    const counted = await ask('cancel', { filter: {}, dryRun: true });
    expect(counted).toEqual({ count: 2, skipped: 0, more: false, nextCursor: null });
    expect(await states()).toEqual(['queued', 'running', 'completed']);
    expect(await ask('cancel', { filter: {} })).toMatchObject({ count: 2, nextCursor: null });
    expect(await states()).toEqual(['canceled', 'canceled', 'completed']);
    const deeds = await here.db.audit.findMany();
    expect(deeds.map(({ action }) => action)).toEqual(['job.cancel', 'job.cancel']);
  });

  test('by ids leaves out what has ended, and what is another workspace’s', async () => {
    const ids = [await add('queued'), await add('completed'), await add('queued', await here.workspace())];
    expect(await ask('cancel', { ids })).toEqual({ count: 1, skipped: 2, more: false, nextCursor: null });
    expect(await states()).toEqual(['canceled', 'completed', 'queued']);
  });

  test('goes on where a call came to, until all are done', async () => {
    for (let made = 0; made < 130; made += 1) await addJob(here, await addVideo(here, { state: 'processing' }));
    const first = await ask('cancel', { filter: { state: 'queued' } });
    expect(first).toMatchObject({ count: 100, nextCursor: expect.any(String) });
    const rest = await ask('cancel', { filter: { state: 'queued' }, cursor: first.nextCursor });
    expect(rest).toMatchObject({ count: 30, nextCursor: null });
  });

  test.each([{}, { ids: [] }, { filter: {}, ids: ['01a1f408-628d-7000-8000-000000000000'] }])(
    '%j names no jobs and is refused',
    async (body) => {
      const id = await add('queued');
      expect((await post('cancel', body)).status).toBe(400);
      expect((await here.db.job.findUniqueOrThrow({ where: { id } })).state).toBe('queued');
    },
  );

  test('is not for viewers', async () => {
    expect((await post('cancel', { filter: {} }, await here.key('viewer'))).status).toBe(403);
  });
});

test('retrying many starts the videos whose last job ended badly, once', async () => {
  const failed = await add('failed');
  const first = await add('failed');
  const { videoId, videoTitle } = await here.db.job.findUniqueOrThrow({ where: { id: first } });
  const later = { workspaceId: here.workspaceId, videoId, videoTitle, preset: 'web' };
  await here.db.job.create({ data: { ...later, state: 'failed' } });
  await add('completed');
  expect(await ask('retry', { filter: { failureCode: 'encode_failed' }, dryRun: true })).toMatchObject({ count: 1 });
  expect(await ask('retry', { ids: [failed, first] })).toMatchObject({ count: 1, skipped: 1 });
  expect(await ask('retry', { ids: [failed, first] })).toMatchObject({ count: 0, skipped: 2 });
  const again = await here.db.job.findMany({ where: { state: 'queued' } });
  expect(again).toHaveLength(1);
  expect((await here.db.audit.findMany()).map(({ action }) => action)).toEqual(['video.retry']);
});

test('a new priority reaches what waits, and its delivery', async () => {
  const [behind, before] = [await add('queued'), await add('queued')];
  const tasks = await here.db.task.findMany({ where: { state: 'queued' } });
  const { createQueues } = await import('@transcode/queue');
  const queues = createQueues({ redisUrl: here.env['REDIS_URL'] ?? '' });
  try {
    await queues.deliver(tasks);
    expect(await ask('priority', { ids: [before], priority: 'high' })).toMatchObject({ count: 1, skipped: 0 });
    const mine = new Set(tasks.map(({ id }) => id));
    const waiting = await queues.waiting('light', { from: 0, count: 1_000 });
    const order = waiting.filter(({ id }) => mine.has(id)).map(({ id }) => tasks.find((task) => task.id === id)?.jobId);
    expect(order).toEqual([before, behind]);
    await queues.remove(tasks);
  } finally {
    await queues.close();
  }
  const moved = await here.db.task.findFirstOrThrow({ where: { jobId: before } });
  expect(moved.priority).toBe('high');
  const [deed] = await here.db.audit.findMany();
  expect([deed?.action, deed?.details]).toEqual([
    'job.setPriority',
    { name: 'A video', before: { priority: 'normal' }, after: { priority: 'high' } },
  ]);
  expect(await ask('priority', { ids: [before], priority: 'high' })).toMatchObject({ count: 0, skipped: 1 });
});

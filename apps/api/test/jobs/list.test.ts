import { JobItem } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { signIn } from '../sign-in.ts';
import { addJob, addVideo } from '../videos.ts';

const Page = z.object({ items: z.array(JobItem), nextCursor: z.string().nullable() });

let here: Installation;
let api: RunningApi;
let viewer: string;
let operator: string;
const ids = new Map<string, string>();

const HOUR_MS = 3_600_000;
/** An id as of a job that was made then. */
const idOf = (agoMs: number, tail: number): string => {
  const time = (Date.now() - agoMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(tail).padStart(12, '0')}`;
};

async function make(
  name: string,
  agoMs: number,
  data: Parameters<typeof addJob>[2],
  workspaceId?: string,
): Promise<void> {
  const video = await addVideo(here, {
    title: `${name} 100% of_it`,
    ...(workspaceId !== undefined && { workspaceId }),
  });
  const { id } = await addJob(here, video, { id: idOf(agoMs, ids.size + 1), ...data });
  ids.set(name, id);
}

beforeAll(async () => {
  here = await install();
  api = await here.start();
  viewer = await here.key('viewer');
  operator = await signIn(here, api, await here.person('operator'));
  await make('Dunes', 9 * HOUR_MS, { state: 'completed', priority: 'low' });
  await make('Harbour', 7 * HOUR_MS, { state: 'failed', failureCode: 'encode_failed', endedAt: new Date() });
  await make('Ferry', 5 * HOUR_MS, { state: 'failed', failureCode: 'worker_died', preset: 'archive' });
  await make('Aurora', 3 * HOUR_MS, { state: 'queued', priority: 'high' });
  await make('Harbour at night', 1 * HOUR_MS, { state: 'completed', priority: 'high' });
  await make('Elsewhere', 1000, { state: 'queued', priority: 'high' }, await here.workspace());
});
afterAll(() => here.dispose());

const get = (query: string): Promise<Response> =>
  fetch(`${api.url}/api/v1/jobs${query}`, { headers: { authorization: `Bearer ${viewer}` } });
const list = async (query: string): Promise<z.infer<typeof Page>> => Page.parse(await (await get(query)).json());
const titles = async (query: string): Promise<string[]> =>
  (await list(query)).items.map(({ videoTitle }) => videoTitle.replace(' 100% of_it', ''));
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

describe('the list of jobs is narrowed', () => {
  test.each<[string, string[]]>([
    ['', ['Harbour at night', 'Aurora', 'Ferry', 'Harbour', 'Dunes']],
    ['?state=failed', ['Ferry', 'Harbour']],
    ['?state=failed,queued', ['Aurora', 'Ferry', 'Harbour']],
    ['?priority=high', ['Harbour at night', 'Aurora']],
    ['?priority=high,low&state=completed', ['Harbour at night', 'Dunes']],
    ['?preset=archive', ['Ferry']],
    ['?preset=archive&state=completed', []],
    ['?failureCode=encode_failed', ['Harbour']],
    ['?failureCode=encode_failed&state=completed', []],
    ['?search=harbour', ['Harbour at night', 'Harbour']],
    ['?search=harbour&state=failed', ['Harbour']],
    ['?search=100%25', ['Harbour at night', 'Aurora', 'Ferry', 'Harbour', 'Dunes']],
    ['?search=of_it', ['Harbour at night', 'Aurora', 'Ferry', 'Harbour', 'Dunes']],
    ['?search=ofxit', []],
    [`?since=${ago(6)}&until=${ago(2)}`, ['Aurora', 'Ferry']],
    [`?failureCode=encode_failed&endedSince=${ago(1)}`, ['Harbour']],
    [`?failureCode=worker_died&endedSince=${ago(1)}`, []],
  ])('%s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test('to what one may see: an operator sees all workspaces', async () => {
    const headers = { cookie: operator, origin: api.url };
    const response = await fetch(`${api.url}/api/v1/jobs?priority=high&state=queued,completed`, { headers });
    const { items } = Page.parse(await response.json());
    expect(items.map(({ videoTitle }) => videoTitle.split(' ')[0])).toEqual(['Elsewhere', 'Harbour', 'Aurora']);
    expect(await titles('?search=elsewhere')).toEqual([]);
  });

  test('to jobs by their ids, and not to those of others', async () => {
    const [dunes = '', elsewhere = ''] = ['Dunes', 'Elsewhere'].map((name) => ids.get(name));
    expect(await titles(`?ids=${dunes},${elsewhere}&state=failed`)).toEqual(['Dunes']);
  });

  test.each(['?state=done', '?since=yesterday', '?failureCode=a%27b', '?search=', '?ids=none', '?limit=201'])(
    '%s is refused',
    async (query) => {
      expect((await get(query)).status).toBe(400);
    },
  );
});

test('pages follow each other without a gap, also through several states', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 4; page += 1) {
    const { items, nextCursor } = await list(`?state=failed,queued,completed&limit=2${cursor}`);
    seen.push(...items.map(({ id }) => id));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  const expected = ['Harbour at night', 'Aurora', 'Ferry', 'Harbour', 'Dunes'].map((name) => ids.get(name));
  expect(seen).toEqual(expected);
});

test('jobs of deleted videos are in no list', async () => {
  const video = await addVideo(here, { title: 'Gone' });
  await addJob(here, video, { state: 'completed' });
  expect(await titles('?search=gone')).toEqual(['Gone']);
  const editor = await here.key('editor');
  const headers = { authorization: `Bearer ${editor}` };
  expect((await fetch(`${api.url}/api/v1/videos/${video.id}`, { method: 'DELETE', headers })).status).toBe(204);
  expect(await titles('?search=gone')).toEqual([]);
});

test('a row has its strip, and how far it is, without its tasks', async () => {
  const job = await addJob(here, await addVideo(here, { title: 'Quarry' }), {
    state: 'running',
    startedAt: new Date(),
  });
  const encode = { jobId: job.id, stage: 'encode', class: 'cpu' } as const;
  await here.db.task.createMany({
    data: [
      { jobId: job.id, stage: 'probe', class: 'light', state: 'completed' },
      { jobId: job.id, stage: 'plan', class: 'light', state: 'completed' },
      { ...encode, index: 0, state: 'completed', infraAttempts: 1 },
      { ...encode, index: 1, state: 'running', progress: { fraction: 0.5 } },
      { ...encode, index: 2, state: 'queued' },
    ],
  });
  await here.db.chunk.createMany({
    data: [0, 1, 2].map((index) => ({
      ...{ jobId: job.id, kind: 'video' as const, index },
      ...{ startFrame: index * 100, endFrame: index * 100 + 100 },
    })),
  });
  const [row] = (await list('?search=quarry')).items;
  expect(row?.cells).toEqual([
    { state: 'completed', fraction: 1, takenOver: true, frames: 100 },
    { state: 'running', fraction: 0.5, takenOver: false, frames: 100 },
    { state: 'queued', fraction: 0, takenOver: false, frames: 100 },
  ]);
  // Reading and planning are done, and half of the encoding.
  expect(row?.fraction).toBeCloseTo((3 + 70 / 2) / 73, 5);
  expect(row).not.toHaveProperty('tasks');
});

test('a video of a day is a strip of few pieces', async () => {
  const job = await addJob(here, await addVideo(here, { title: 'A whole day' }), {
    state: 'running',
    startedAt: new Date(),
  });
  await here.db.task.createMany({
    data: Array.from({ length: 1_440 }, (_, index) => ({
      ...{ jobId: job.id, stage: 'encode' as const, class: 'cpu' as const, index },
      state: index < 720 ? ('completed' as const) : ('queued' as const),
    })),
  });
  const [row] = (await list('?search=whole day')).items;
  expect(row?.cells.map(({ state }) => state)).toEqual([
    ...Array.from({ length: 20 }, () => 'completed'),
    ...Array.from({ length: 20 }, () => 'queued'),
  ]);
});

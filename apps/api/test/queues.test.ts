import { FailureCause, OverviewView, QueuedTaskView, QueueView } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install, type Installation } from './installation.ts';
import { addJob, addVideo } from './videos.ts';
import { addRunningTask, addWorker } from './workers.ts';

let here: Installation;
let api: RunningApi;
let operator: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  operator = await here.key('operator');
});
beforeEach(async () => {
  await here.db.workControl.deleteMany();
  await here.db.worker.deleteMany();
  await here.db.video.deleteMany();
});
afterAll(() => here.dispose());

async function get<T>(path: string, item: z.ZodType<T>): Promise<T[]> {
  const response = await fetch(`${api.url}/api/v1/queues${path}`, {
    headers: { authorization: `Bearer ${operator}` },
  });
  return z.object({ items: z.array(item) }).parse(await response.json()).items;
}
const ago = (ms: number): Date => new Date(Date.now() - ms);

interface Queued {
  readonly title?: string;
  readonly priority?: 'low' | 'normal' | 'high';
  readonly waitedMs?: number;
  readonly token?: number;
  readonly notBefore?: Date;
}

async function queue({ title = 'A video', waitedMs = 1_000, ...task }: Queued = {}): Promise<string> {
  const job = await addJob(here, await addVideo(here, { title, state: 'processing' }));
  const { id } = await here.db.task.create({
    data: { jobId: job.id, stage: 'probe', class: 'light', state: 'queued', queuedAt: ago(waitedMs), ...task },
  });
  return id;
}

test('a class shows its backlog, its rate, its wait and who stopped it', async () => {
  const { id: worker } = await addWorker(here);
  const running = await addRunningTask(here, worker);
  await queue({ priority: 'high', waitedMs: 90_000 });
  await queue({ waitedMs: 5_000 });
  await queue({ notBefore: new Date(Date.now() + 60_000) });
  const done = await queue();
  await here.db.task.update({ where: { id: done }, data: { state: 'completed' } });
  const times = { queuedAt: ago(70_000), startedAt: ago(60_000), endedAt: ago(30_000) };
  await here.db.taskAttempt.createMany({
    data: [
      { taskId: done, token: 1, workerId: worker, ...times, outcome: 'lost' },
      { taskId: done, token: 2, workerId: worker, ...times, outcome: 'completed' },
      { taskId: running.id, token: 1, workerId: worker, ...times, endedAt: ago(3_600_000), outcome: 'completed' },
    ],
  });
  await here.db.workControl.create({ data: { scope: 'class:light', state: 'paused', by: 'ana@example.org' } });
  const all = await get('', QueueView);
  expect(all.map((one) => one.class)).toEqual(['cpu', 'gpu', 'light', 'maintenance']);
  const light = all.find((one) => one.class === 'light');
  expect(light).toMatchObject({
    ...{ waiting: { low: 0, normal: 2, high: 1 }, resting: 1, running: 0, ableWorkers: 0 },
    ...{ donePerMinute: 0.1, meanWaitSeconds: 10 },
    outlook: { kind: 'stopped', class: 'light', controls: [expect.objectContaining({ by: 'ana@example.org' })] },
    controls: [expect.objectContaining({ scope: 'class:light', state: 'paused', by: 'ana@example.org' })],
  });
  expect(Date.now() - Date.parse(light?.oldestQueuedAt ?? '')).toBeGreaterThan(80_000);
  expect(all.find((one) => one.class === 'cpu')).toMatchObject({
    running: 1,
    meanWaitSeconds: null,
  });
});

test('what is next comes in the order of its delivery', async () => {
  await queue({ title: 'late', waitedMs: 1_000 });
  await queue({ title: 'long', waitedMs: 50_000 });
  await queue({ title: 'urgent', priority: 'high', waitedMs: 10 });
  await queue({ title: 'begun', token: 1, waitedMs: 10 });
  await queue({ title: 'resting', priority: 'high', notBefore: new Date(Date.now() + 60_000) });
  const next = await get('/light/next', QueuedTaskView);
  expect(next.map(({ videoTitle }) => videoTitle)).toEqual(['urgent', 'begun', 'long', 'late', 'resting']);
  expect(next[1]).toMatchObject({ begun: true, boundToEncoder: false, stage: 'probe' });
  expect((await get('/light/next?limit=2', QueuedTaskView)).length).toBe(2);
});

test('failures are told by cause, with the last of each and how many can be tried again', async () => {
  const fail = async (title: string, failureCode: string, endedAt: Date) => {
    const video = await addVideo(here, { title, state: 'failed' });
    await addJob(here, video, { state: 'failed', failureCode, failureText: `${title} failed`, endedAt });
    return video;
  };
  await fail('one', 'encode_failed', ago(5_000));
  await fail('two', 'encode_failed', ago(1_000));
  const again = await fail('three', 'encode_failed', ago(9_000));
  await addJob(here, again, { state: 'queued' });
  await fail('four', 'source_empty', ago(3_000));
  await fail('old', 'worker_died', ago(5 * 3_600_000));
  // Made good, or gone: it failed, and needs nobody.
  const good = await fail('five', 'encode_failed', ago(8_000));
  await here.db.video.update({ where: { id: good.id }, data: { state: 'ready' } });
  await addJob(here, good, { state: 'completed' });
  const gone = await fail('six', 'encode_failed', ago(7_000));
  await here.db.video.update({ where: { id: gone.id }, data: { state: 'deleted', deletedAt: new Date() } });
  const causes = await get('/failures?hours=1', FailureCause);
  expect(causes.map(({ code, count, retryable, last }) => [code, count, retryable, last.videoTitle])).toEqual([
    ['encode_failed', 4, 2, 'two'],
    ['source_empty', 1, 1, 'four'],
  ]);
  expect(causes[0]?.last.sentence).toBe('two failed');
  // Overview tells the same of what needs somebody.
  const response = await fetch(`${api.url}/api/v1/overview`, { headers: { authorization: `Bearer ${operator}` } });
  const { needs } = OverviewView.parse(await response.json());
  expect(needs.flatMap((need) => (need.kind === 'jobsFailed' ? [[need.code, need.count]] : []))).toEqual([
    ...[
      ['encode_failed', 2],
      ['worker_died', 1],
      ['source_empty', 1],
    ],
  ]);
  expect((await get('/failures?hours=24', FailureCause)).map(({ code }) => code)).toContain('worker_died');
});

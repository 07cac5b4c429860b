import { JobPage } from '@transcode/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';
import { addRunningTask, addWorker } from '../workers.ts';

let here: Installation;
let api: RunningApi;
let viewer: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  viewer = await here.key('viewer');
});
beforeEach(async () => {
  await here.db.workControl.deleteMany();
  await here.db.worker.deleteMany();
  await here.db.video.deleteMany();
});
afterAll(() => here.dispose());

const ago = (ms: number): Date => new Date(Date.now() - ms);

interface Waiting {
  readonly requires?: object;
  readonly notBefore?: Date;
  readonly queuedAt?: Date;
  readonly priority?: 'low' | 'normal' | 'high';
}

/** A job with one encode that is queued. */
async function wait({ requires = {}, ...task }: Waiting = {}): Promise<string> {
  const job = await addJob(here, await addVideo(here, { state: 'processing' }), { state: 'running' });
  await here.db.task.create({
    data: { jobId: job.id, stage: 'encode', class: 'cpu', state: 'queued', queuedAt: ago(60_000), requires, ...task },
  });
  return job.id;
}

async function page(id: string): Promise<JobPage> {
  const response = await fetch(`${api.url}/api/v1/jobs/${id}`, { headers: { authorization: `Bearer ${viewer}` } });
  return JobPage.parse(await response.json());
}

async function why(id: string): Promise<[string | undefined, string | undefined]> {
  const { waiting } = await page(id);
  expect(waiting.length).toBeLessThanOrEqual(1);
  return [waiting[0]?.kind, waiting[0]?.sentence];
}

describe('what a task that is queued waits for', () => {
  test('somebody has paused everything, or drains its class', async () => {
    const { id: worker } = await addWorker(here);
    const id = await wait();
    await here.db.workControl.create({ data: { scope: 'class:cpu', state: 'draining', by: 'ana@example.org' } });
    expect(await why(id)).toEqual(['stopped', 'All CPU work is drained, by ana@example.org.']);
    await addRunningTask(here, worker);
    expect(await why(id)).toEqual(['stopped', 'All CPU work is being drained, by ana@example.org.']);
    await here.db.workControl.update({ where: { scope: 'class:cpu' }, data: { scope: 'all', state: 'paused' } });
    expect(await why(id)).toEqual(['stopped', 'All work is paused, by ana@example.org.']);
    expect((await page(id)).waiting[0]?.at).not.toBeNull();
  });

  test('no worker of its class is alive', async () => {
    await addWorker(here, { classes: ['light'] });
    await addWorker(here, { seenAt: ago(60_000) });
    expect(await why(await wait())).toEqual(['no_worker', 'No worker that does CPU work is running.']);
  });

  test('the only worker is paused by itself', async () => {
    const { id } = await addWorker(here);
    await here.db.workControl.create({ data: { scope: `worker:${id}`, state: 'paused', by: 'ana@example.org' } });
    expect(await why(await wait())).toEqual([
      'workers_stopped',
      'The only worker for CPU work is paused, by ana@example.org.',
    ]);
  });

  test('all workers are in quarantine', async () => {
    const until = { quarantinedAt: ago(1_000), quarantinedUntil: new Date(), quarantineReason: 'scratch is full' };
    await addWorker(here, until);
    const [kind, sentence] = await why(await wait());
    expect(kind).toBe('quarantined');
    expect(sentence).toContain('scratch is full');
  });

  test('it rests after a failure, until a moment', async () => {
    await addWorker(here);
    const notBefore = new Date(Date.now() + 30_000);
    const id = await wait({ notBefore });
    expect((await page(id)).waiting[0]).toMatchObject({ kind: 'backoff', at: notBefore.toISOString() });
  });

  test('it needs an ffmpeg that no worker has', async () => {
    await addWorker(here);
    // After a minute the reconciler would begin it anew.
    const [kind] = await why(await wait({ requires: { build: 'another' }, queuedAt: ago(20_000) }));
    expect(kind).toBe('encoder');
    const [other] = await why(await wait({ requires: { build: 'x' }, queuedAt: ago(1_000) }));
    expect(other).toBe('behind');
  });

  test('others are before it, of a higher priority or for longer', async () => {
    await addWorker(here);
    await wait({ priority: 'high', queuedAt: ago(1_000) });
    await wait({ queuedAt: ago(120_000) });
    const id = await wait();
    await wait({ queuedAt: ago(1_000) });
    await wait({ priority: 'low', queuedAt: ago(120_000) });
    expect(await why(id)).toEqual(['behind', '2 tasks are before it in line, 1 of a higher priority.']);
  });

  test('it is next, and a worker is free, or is not', async () => {
    const { id: worker } = await addWorker(here);
    const id = await wait();
    expect((await why(id))[0]).toBe('next');
    await addRunningTask(here, worker);
    expect((await why(id))[0]).toBe('busy');
  });

  test('nothing, where it is being worked on', async () => {
    const { id: worker } = await addWorker(here);
    const task = await addRunningTask(here, worker);
    expect((await page(task.jobId)).waiting).toEqual([]);
  });
});

test('a job shows each attempt at its tasks', async () => {
  const { id: worker } = await addWorker(here);
  const task = await addRunningTask(here, worker);
  const lost = { outcome: 'lost', failureCode: 'worker_died', failureText: 'it went silent' } as const;
  await here.db.taskAttempt.createMany({
    data: [
      { taskId: task.id, token: 1, workerId: 'gone', startedAt: ago(9_000), endedAt: ago(3_000), ...lost },
      { taskId: task.id, token: 2, workerId: worker, startedAt: ago(2_000) },
    ],
  });
  const { attempts } = await page(task.jobId);
  expect(attempts).toEqual([
    expect.objectContaining({
      ...{ stage: 'encode', token: 1, worker: 'gone', outcome: 'lost' },
      failure: {
        ...{ code: 'worker_died', sentence: 'The machines that worked on this video kept failing.' },
        ...{ detail: null, tail: null },
      },
    }),
    expect.objectContaining({ token: 2, worker, outcome: null, endedAt: null, failure: null }),
  ]);
});

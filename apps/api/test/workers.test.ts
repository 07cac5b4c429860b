import { ControlView, WORKER_LISTED_MS, WORKER_SILENT_MS, WorkerView } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addRunningTask, addWorker } from './workers.ts';

const Listed = z.object({ items: z.array(WorkerView), controls: z.array(ControlView) });

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
});
afterAll(() => here.dispose());

const call = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${api.url}/api/v1/workers${path}`, {
    method,
    headers: {
      authorization: `Bearer ${operator}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const list = async (): Promise<z.infer<typeof Listed>> => Listed.parse(await (await call('GET', '')).json());
const stateOf = async (id: string): Promise<string | undefined> =>
  (await list()).items.find((worker) => worker.id === id)?.state;
const ago = (ms: number): Date => new Date(Date.now() - ms);

describe('the list', () => {
  test('tells who works on what', async () => {
    const { id } = await addWorker(here);
    const task = await addRunningTask(here, id);
    const { items } = await list();
    expect(items).toEqual([
      expect.objectContaining({
        ...{ id, state: 'active', classes: ['cpu', 'light'], ffmpeg: 'ffmpeg version 9.0.2' },
        ...{ quarantine: null, controls: [], stoppedAt: null },
        tasks: [expect.objectContaining({ id: task.id, stage: 'encode', progress: { fraction: 0.5, fps: 25 } })],
      }),
    ]);
  });

  test('tells why one is in quarantine, and until when', async () => {
    const until = new Date(Date.now() + 5_000);
    const reason = 'The storage does not answer';
    const { id } = await addWorker(here, {
      quarantinedAt: ago(1_000),
      quarantinedUntil: until,
      quarantineReason: reason,
    });
    const { items } = await list();
    expect(items).toEqual([
      expect.objectContaining({
        ...{ id, state: 'quarantined' },
        quarantine: { reason, since: expect.any(String), until: until.toISOString() },
      }),
    ]);
  });

  test('takes one that is silent for stopped, and forgets those that stopped long ago', async () => {
    const silent = await addWorker(here, { seenAt: ago(WORKER_SILENT_MS + 1_000) });
    const stopped = await addWorker(here, { stoppedAt: ago(1_000) });
    await addWorker(here, { seenAt: ago(WORKER_LISTED_MS + 1_000), stoppedAt: ago(WORKER_LISTED_MS) });
    const { items } = await list();
    expect(new Map(items.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [silent.id, 'stopped'],
        [stopped.id, 'stopped'],
      ]),
    );
  });
});

describe('pausing, draining and resuming', () => {
  test('a worker, by its id', async () => {
    const one = await addWorker(here, { id: 'worker/1 of “here”' });
    const other = await addWorker(here);
    const response = await call('POST', '/pause', { scope: `worker:${one.id}` });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      ...{ scope: `worker:${one.id}`, state: 'paused', by: 'API key "operator"' },
    });
    expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['paused', 'active']);
    await call('POST', '/drain', { scope: `worker:${one.id}` });
    expect(await stateOf(one.id)).toBe('draining');
    expect((await call('POST', '/resume', { scope: `worker:${one.id}` })).status).toBe(204);
    expect(await stateOf(one.id)).toBe('active');
  });

  test('a class: a worker that serves another too goes on with that', async () => {
    const both = await addWorker(here);
    const one = await addWorker(here, { classes: ['cpu'] });
    await call('POST', '/drain', { scope: 'class:cpu' });
    expect([await stateOf(both.id), await stateOf(one.id)]).toEqual(['active', 'draining']);
    const { items, controls } = await list();
    expect(controls.map(({ scope }) => scope)).toEqual(['class:cpu']);
    expect(items.map((worker) => worker.controls.length)).toEqual([1, 1]);
  });

  test('everything, and each scope is undone by itself', async () => {
    const { id } = await addWorker(here);
    await call('POST', '/pause', { scope: 'all' });
    await call('POST', '/pause', { scope: `worker:${id}` });
    await call('POST', '/resume', { scope: 'all' });
    expect(await stateOf(id)).toBe('paused');
    await call('POST', '/resume', { scope: `worker:${id}` });
    expect(await stateOf(id)).toBe('active');
  });

  test('is written down with who did it; resuming what was not stopped is nothing', async () => {
    await here.db.audit.deleteMany();
    for (const deed of ['pause', 'drain', 'resume', 'resume']) await call('POST', `/${deed}`, { scope: 'class:light' });
    const deeds = await here.db.audit.findMany({ orderBy: { id: 'asc' } });
    expect(deeds.map(({ action, target }) => [action, target])).toEqual([
      ['workers.pause', 'class:light'],
      ['workers.drain', 'class:light'],
      ['workers.resume', 'class:light'],
    ]);
    expect(deeds[0]?.actorKeyId).not.toBeNull();
  });

  test.each([
    ['worker:nobody', 404],
    ['class:none', 400],
    ['everything', 400],
    ['worker:', 400],
  ])('%s is refused with %i', async (scope, status) => {
    expect((await call('POST', '/pause', { scope })).status).toBe(status);
    expect(await here.db.workControl.count()).toBe(0);
  });
});

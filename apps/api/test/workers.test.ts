import { setTimeout as sleep } from 'node:timers/promises';
import {
  ControlView,
  SAMPLE_STALE_MS,
  WORKER_LISTED_MS,
  WORKER_SILENT_MS,
  WorkerDetail,
  WorkerView,
} from '@transcode/contracts';
import { beatWorker, enlistWorker, loseSilentWorkers, retireWorker } from '@transcode/db';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addRunningTask, addSamples, addWorker } from './workers.ts';

const Listed = z.object({ items: z.array(WorkerView), controls: z.array(ControlView) });

let here: Installation;
let api: RunningApi;
let operator: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  operator = await here.key('operator', undefined, 'all');
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
        ...{ cores: 8, walls: ['namespace'], sample: null },
        slots: [
          { class: 'cpu', used: 1, total: 1 },
          { class: 'light', used: 0, total: 2 },
        ],
        tasks: [
          expect.objectContaining({
            ...{ id: task.id, stage: 'encode', class: 'cpu', videoTitle: 'A video' },
            progress: { fraction: 0.5, fps: 25 },
          }),
        ],
      }),
    ]);
  });

  test('tells how each is by its last sample, unless that is old', async () => {
    const { id } = await addWorker(here);
    await addSamples(here, id);
    const other = await addWorker(here);
    await addSamples(here, other.id);
    await here.db.workerSample.updateMany({
      where: { workerId: other.id },
      data: { at: ago(SAMPLE_STALE_MS + 1_000) },
    });
    const { items } = await list();
    expect(new Map(items.map((worker) => [worker.id, worker.sample?.memoryBytes]))).toEqual(
      new Map([
        [id, 2e9],
        [other.id, undefined],
      ]),
    );
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

  test('tells one that is silent apart from one that stopped, and forgets those that left long ago', async () => {
    const silent = await addWorker(here, { seenAt: ago(WORKER_SILENT_MS + 1_000) });
    const stopped = await addWorker(here, { stoppedAt: ago(1_000) });
    await addWorker(here, { seenAt: ago(WORKER_LISTED_MS + 1_000), stoppedAt: ago(WORKER_LISTED_MS) });
    const { items } = await list();
    expect(new Map(items.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [silent.id, 'gone'],
        [stopped.id, 'stopped'],
      ]),
    );
  });
});

describe('one that went without a word', () => {
  test('is gone since it was last heard, and the next on its machine is named', async () => {
    const seenAt = ago(WORKER_SILENT_MS + 20_000);
    const dead = await addWorker(here, { host: 'rack-7', seenAt, startedAt: ago(3_600_000) });
    await addWorker(here, { host: 'rack-8', startedAt: ago(5_000) });
    const gone = async () => (await list()).items.find(({ id }) => id === dead.id)?.gone;
    expect(await gone()).toMatchObject({ since: seenAt.toISOString(), successor: null });
    expect((await gone())?.silentSeconds).toBeGreaterThan(WORKER_SILENT_MS / 1000);
    const next = await addWorker(here, { host: 'rack-7', startedAt: ago(5_000) });
    expect((await gone())?.successor).toBe(next.id);
    const worker = WorkerDetail.parse(await (await call('GET', `/${dead.id}`)).json());
    expect([worker.state, worker.gone?.successor, worker.stoppedAt]).toEqual(['gone', next.id, null]);
  });

  test('is seen by the reconciler, that writes it down; and is back with its next heartbeat', async () => {
    const { id } = await addWorker(here, { seenAt: ago(WORKER_SILENT_MS + 1_000) });
    await addWorker(here);
    expect(await loseSilentWorkers(here.db, { silentMs: WORKER_SILENT_MS })).toMatchObject([
      { id, host: 'here', pid: 1 },
    ]);
    expect(await loseSilentWorkers(here.db, { silentMs: WORKER_SILENT_MS })).toEqual([]);
    expect(await stateOf(id)).toBe('gone');
    await beatWorker(here.db, { id, quarantine: undefined });
    expect(await stateOf(id)).toBe('active');
  });

  test('that is started again under its name says so; one that stopped in order does not', async () => {
    const [died, stopped] = [await addWorker(here, { pid: 17 }), await addWorker(here, { pid: 18 })];
    await retireWorker(here.db, stopped.id);
    const again = { host: 'here', pid: 19, version: '0', classes: ['cpu' as const] };
    const capabilities = { ffmpeg: 'x', build: 'x', cores: 8, slots: { cpu: 1 }, walls: [] };
    expect(await enlistWorker(here.db, { ...again, id: died.id, capabilities })).toMatchObject({ pid: 17 });
    expect(await enlistWorker(here.db, { ...again, id: stopped.id, capabilities })).toBeUndefined();
    const { items } = await list();
    expect(new Map(items.map(({ id, restarted }) => [id, restarted?.pidBefore]))).toEqual(
      new Map([
        [died.id, 17],
        [stopped.id, undefined],
      ]),
    );
    expect(items.map(({ state, gone }) => [state, gone])).toEqual([
      ['active', null],
      ['active', null],
    ]);
  });
});

describe('one worker', () => {
  test('has its last hour, oldest first, and all that its ffmpeg says of itself', async () => {
    const { id } = await addWorker(here, { id: 'worker/1 of “here”' });
    for (let times = 0; times < 3; times += 1) {
      await addSamples(here, id);
      await sleep(2);
    }
    const rows = await here.db.workerSample.findMany({ orderBy: { at: 'asc' } });
    await here.db.workerSample.updateMany({ where: { at: rows[0]?.at ?? new Date(0) }, data: { at: ago(3_700_000) } });
    const worker = WorkerDetail.parse(await (await call('GET', `/${encodeURIComponent(id)}`)).json());
    expect(worker).toMatchObject({ id, pid: 1, ffmpegBuild: 'ffmpeg version 9.0.2\nconfiguration: --enable-gpl' });
    expect(worker.history.map(({ at }) => at)).toEqual(rows.slice(1).map(({ at }) => at.toISOString()));
    expect(worker.sample).toMatchObject({ cpuCores: 1.5, scratchFreeBytes: 3e9, slotsUsed: 1 });
  });

  test('that is not there is not found', async () => {
    expect((await call('GET', '/nobody')).status).toBe(404);
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
    const task = await addRunningTask(here, one.id);
    await call('POST', '/drain', { scope: `worker:${one.id}` });
    expect(await stateOf(one.id)).toBe('draining');
    await here.db.task.update({ where: { id: task.id }, data: { state: 'queued', workerId: null } });
    expect(await stateOf(one.id)).toBe('drained');
    expect((await call('POST', '/resume', { scope: `worker:${one.id}` })).status).toBe(204);
    expect(await stateOf(one.id)).toBe('active');
  });

  test('a class: a worker that serves another too goes on with that', async () => {
    const both = await addWorker(here);
    const one = await addWorker(here, { classes: ['cpu'] });
    await call('POST', '/drain', { scope: 'class:cpu' });
    expect([await stateOf(both.id), await stateOf(one.id)]).toEqual(['active', 'drained']);
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
    expect(deeds.map(({ action, target, details }) => [action, target, details])).toEqual([
      ['workers.pause', 'class:light', { before: { state: 'active' }, after: { state: 'paused' } }],
      ['workers.drain', 'class:light', { before: { state: 'paused' }, after: { state: 'draining' } }],
      ['workers.resume', 'class:light', { before: { state: 'draining' }, after: { state: 'active' } }],
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

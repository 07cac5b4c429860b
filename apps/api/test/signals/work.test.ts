import type { Priority, WorkScope } from '@transcode/contracts';
import { setControl } from '@transcode/db';
import { createMetrics } from '@transcode/telemetry';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { measureRows } from '../../src/signals/measure-rows.ts';
import { measureWork } from '../../src/signals/measure-work.ts';
import { install, type Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';
import { addRunningTask, addWorker as addWorkerRow } from '../workers.ts';
import { readingOf } from './scrape.ts';

let here: Installation;
const metrics = createMetrics('api');

beforeAll(async () => {
  // Without an API, whose reconciler would tidy up.
  here = await install();
});
beforeEach(async () => {
  await here.db.workControl.deleteMany();
  await here.db.worker.deleteMany();
  await here.db.video.deleteMany();
});
afterAll(async () => {
  metrics.close();
  await here.dispose();
});

/** One that goes on to live, however slow the machine is. */
const addWorker = () => addWorkerRow(here, { classes: ['cpu'], seenAt: new Date(Date.now() + 300_000) });
const ago = (ms: number): Date => new Date(Date.now() - ms);

interface Queued {
  readonly priority?: Priority;
  readonly waitedMs?: number;
  readonly notBefore?: Date;
  readonly build?: string;
}

async function queue({ priority = 'normal', waitedMs = 1_000, notBefore, build }: Queued = {}): Promise<void> {
  const job = await addJob(here, await addVideo(here, { state: 'processing' }));
  await here.db.task.create({
    data: {
      ...{ jobId: job.id, stage: 'encode', class: 'cpu', state: 'queued', queuedAt: ago(waitedMs), priority },
      ...(notBefore && { notBefore }),
      requires: build === undefined ? {} : { build },
    },
  });
}

/** Ages by ten seconds, as they grow while one looks. */
async function measured(...series: readonly string[]): Promise<Record<string, number>> {
  await Promise.all([measureWork(here.db), measureRows(here.db)]);
  const read = readingOf((await metrics.scrape()).body);
  const values = series.map((name) => {
    const value = read(name) ?? -1;
    return [name, name.includes('_age_') ? Math.floor(value / 10) * 10 : value] as const;
  });
  return Object.fromEntries(values);
}

const demand = (priority: Priority, taskClass = 'cpu'): string =>
  `class_demand_tasks{class="${taskClass}",priority="${priority}"}`;
const DEMAND = demand('normal');
const OLDEST = 'tasks_oldest_age_seconds{class="cpu"}';
const of = (state: string): string => `workers{class="cpu",state="${state}"}`;
const waiting = (priority: Priority): string => `tasks_waiting{class="cpu",priority="${priority}"}`;

test('the backlog is told with no worker alive, and calls for workers then', async () => {
  await queue({ priority: 'high', waitedMs: 90_000 });
  await queue({ build: 'of a worker that is gone' });
  await queue({ notBefore: new Date(Date.now() + 60_000), waitedMs: 500_000 });
  const expected = {
    ...{ [waiting('high')]: 1, [waiting('normal')]: 2, [waiting('low')]: 0 },
    ...{ [demand('high')]: 1, [DEMAND]: 1, [OLDEST]: 90, [demand('high', 'gpu')]: 0 },
    'workers{class="cpu",state="active"}': 0,
  };
  expect(await measured(...Object.keys(expected))).toEqual(expected);
});

test('what no living worker may take calls for no more of them', async () => {
  const { id } = await addWorker();
  await here.db.worker.update({ where: { id }, data: { capabilities: { ffmpeg: 'one', build: 'one' } } });
  await queue({ build: 'one', waitedMs: 20_000 });
  await queue({ build: 'another', waitedMs: 60_000 });
  await addRunningTask(here, id);
  const expected = { [waiting('normal')]: 2, [DEMAND]: 2, [OLDEST]: 20, 'workers{class="cpu",state="active"}': 1 };
  expect(await measured(...Object.keys(expected))).toEqual(expected);
});

test.each<WorkScope>(['all', 'class:cpu'])(
  'what is stopped by %s calls for nobody, what runs still counts',
  async (scope) => {
    const { id } = await addWorker();
    await addRunningTask(here, id);
    await queue();
    await queue();
    const expected = { [DEMAND]: 3 };
    expect(await measured(...Object.keys(expected))).toEqual(expected);
    await setControl(here.db, { scope, state: 'paused', by: 'an operator' });
    const stopped = {
      [waiting('normal')]: 2,
      [DEMAND]: 1,
      [OLDEST]: 0,
      'workers{class="cpu",state="paused"}': 1,
    };
    expect(await measured(...Object.keys(stopped))).toEqual(stopped);
  },
);

test('workers that are gone, stopped or drained are told apart', async () => {
  const [gone, stopped, draining, busy] = await Promise.all(Array.from({ length: 4 }, () => addWorker()));
  if (!gone || !stopped || !draining || !busy) throw new Error('There are four.');
  await here.db.worker.update({ where: { id: gone.id }, data: { seenAt: ago(60_000) } });
  await here.db.worker.update({ where: { id: stopped.id }, data: { stoppedAt: new Date() } });
  await addRunningTask(here, busy.id);
  for (const { id } of [draining, busy])
    await setControl(here.db, { scope: `worker:${id}`, state: 'draining', by: 'an operator' });
  const expected = {
    [of('gone')]: 1,
    [of('stopped')]: 1,
    [of('drained')]: 1,
    [of('draining')]: 1,
    [of('active')]: 0,
  };
  expect(await measured(...Object.keys(expected))).toEqual(expected);
});

test('open jobs, uploads, what has to be told and what is stored are counted', async () => {
  const video = await addVideo(here, { state: 'processing' });
  await addJob(here, video, { state: 'running' });
  await here.db.outbox.create({
    data: { topic: 'video.ready', payload: { videoId: video.id, jobId: video.id }, createdAt: ago(70_000) },
  });
  await here.db.storageSample.create({
    data: { at: new Date(Date.now() + 60_000), videos: 1, sourceBytes: 700n, publishedBytes: 300n, tookMs: 1 },
  });
  const expected = {
    ...{ 'jobs{state="running"}': 1, 'jobs{state="queued"}': 0, outbox_pending: 1, outbox_oldest_age_seconds: 70 },
    ...{ 'stored_bytes{content="sources"}': 700, 'stored_bytes{content="renditions"}': 300 },
  };
  expect(await measured(...Object.keys(expected))).toEqual(expected);
});

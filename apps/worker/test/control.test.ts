import { DRAIN_DEADLINE_MS, HAND_BACK_MS, type WorkScope } from '@transcode/contracts';
import { liftControl, setControl } from '@transcode/db';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { lavfi, makeSource } from './make-source.ts';
import { slowFfmpeg } from './slow-ffmpeg.ts';
import { killWorkerProcesses, startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

let stack: Stack;
let workshop: Workshop;
let ffmpeg: string;
let minute: string;

beforeAll(async () => {
  stack = await startStack();
  workshop = await openWorkshop({ stack, chunkLengths: { first: 1_000, later: 1_000 } });
  ffmpeg = await slowFfmpeg();
  minute = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=60'));
});
beforeEach(async () => {
  await workshop.db.job.deleteMany();
  await workshop.db.workControl.deleteMany();
});
afterEach(killWorkerProcesses);
afterAll(async () => {
  await workshop.dispose();
  await stack.dispose();
});

const by = 'an operator';

async function planned(): Promise<Work> {
  const work = await workshop.begin(minute);
  await workshop.run(work, 'probe', 'plan');
  return work;
}

/** A worker in the middle of an encode that takes a minute. */
async function encodingWorker(): Promise<{ worker: WorkerProcess; work: Work }> {
  const work = await planned();
  const worker = await startWorkerProcess(stack, { ffmpeg });
  await workshop.deliver(work, 'encode');
  await waitFor(async () => (await workshop.task(work, 'encode')).progress !== null);
  return { worker, work };
}

const waiting = async (taskClass: 'cpu' | 'light'): Promise<number> =>
  (await workshop.runner.queues.counts())[taskClass].waiting;

test.each<WorkScope>(['class:light', 'all'])(
  'paused by %s it takes nothing, leaves deliveries where others find them, and goes on with what it has',
  async (scope) => {
    const { worker, work } = await encodingWorker();
    await setControl(workshop.db, { scope, state: 'paused', by });
    await waitFor(() => worker.said.includes('Takes nothing more'));
    const before = await waiting('light');
    const another = await workshop.begin(minute);
    await workshop.deliver(another, 'probe');
    const { leaseUntil } = await workshop.task(work, 'encode');
    await waitFor(async () => ((await workshop.task(work, 'encode')).leaseUntil ?? 0) > (leaseUntil ?? 0));
    expect(await workshop.task(work, 'encode')).toMatchObject({ state: 'running', token: 1 });
    expect(await workshop.task(another, 'probe')).toMatchObject({ state: 'queued', token: 0 });
    expect(await waiting('light')).toBe(before + 1);

    await liftControl(workshop.db, scope);
    await waitFor(async () => (await workshop.task(another, 'probe')).state === 'completed');
  },
);

test('drained, what does not end in time goes back without an attempt, and the worker lives on', async () => {
  const { worker, work } = await encodingWorker();
  const scope: WorkScope = `worker:${worker.id}`;
  await setControl(workshop.db, { scope, state: 'draining', by });
  await waitFor(() => worker.said.includes('Takes nothing more'));
  expect((await workshop.task(work, 'encode')).state).toBe('running');
  // The deadline, sooner than it comes by itself.
  const seconds = (DRAIN_DEADLINE_MS - HAND_BACK_MS) / 1000;
  await workshop.db.$executeRaw`UPDATE "WorkControl" SET "at" = now() - make_interval(secs => ${seconds})`;
  await waitFor(async () => (await workshop.task(work, 'encode')).state === 'queued');
  expect(await workshop.task(work, 'encode')).toMatchObject({
    attempts: 0,
    infraAttempts: 0,
    workerId: null,
    token: 1,
  });

  await liftControl(workshop.db, scope);
  await waitFor(async () => (await workshop.task(work, 'encode')).token === 2);
  expect(await workshop.task(work, 'encode')).toMatchObject({ state: 'running', workerId: worker.id });
});

test('a worker that starts while everything is paused takes nothing', async () => {
  await setControl(workshop.db, { scope: 'all', state: 'paused', by });
  const work = await workshop.begin(minute);
  const worker = await startWorkerProcess(stack);
  expect(worker.said).toContain('Takes nothing more');
  await workshop.deliver(work, 'probe');
  await workshop.db.workControl.deleteMany();
  await waitFor(async () => (await workshop.task(work, 'probe')).state === 'completed');
});

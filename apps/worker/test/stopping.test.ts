import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { DRAIN_DEADLINE_MS } from '@transcode/contracts';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lavfi, makeSource } from './make-source.ts';
import { slowFfmpeg } from './slow-ffmpeg.ts';
import { killWorkerProcesses, startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

let stack: Stack;
let workshop: Workshop;
let ffmpeg: string;
let minute: string;

/** Closing connections to what is away takes a moment more. */
const STOPPED_MS = DRAIN_DEADLINE_MS + 5_000;

beforeAll(async () => {
  stack = await startStack();
  workshop = await openWorkshop({ stack, chunkLengths: { first: 1_000, later: 1_000 } });
  ffmpeg = await slowFfmpeg();
  minute = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=60'));
});
// What an earlier test has left in the queue is nobody's task any more.
beforeEach(() => workshop.db.job.deleteMany());
afterEach(killWorkerProcesses);
afterAll(async () => {
  await workshop.dispose();
  await stack.dispose();
});

const waiting = async (): Promise<number> => (await workshop.runner.queues.counts()).cpu.waiting;

/** A worker in the middle of an encode that takes a minute. */
async function encodingWorker(): Promise<{ worker: WorkerProcess; work: Work }> {
  const work = await workshop.begin(minute);
  await workshop.run(work, 'probe', 'plan');
  const worker = await startWorkerProcess(stack, { ffmpeg });
  await workshop.deliver(work, 'encode');
  await waitFor(async () => (await workshop.task(work, 'encode')).progress !== null);
  return { worker, work };
}

/** How it ended, in time. */
async function endOf(worker: WorkerProcess): Promise<object> {
  const late = pause(STOPPED_MS, 'too late' as const, { ref: false });
  const exit = await Promise.race([worker.exited, late]);
  const scratch = await readdir(worker.scratch);
  return { exit, lastWords: worker.said.at(-1), scratch };
}

const IN_ORDER = { exit: 0, lastWords: 'The worker has stopped', scratch: [] };
const HANDED_BACK = { state: 'queued', workerId: null, attempts: 0, infraAttempts: 0, token: 1 };

describe('SIGTERM', () => {
  test('an idle worker stops at once, and says so in its row', async () => {
    const worker = await startWorkerProcess(stack);
    const begun = performance.now();
    worker.signal('SIGTERM');
    expect(await endOf(worker)).toEqual(IN_ORDER);
    expect(performance.now() - begun).toBeLessThan(DRAIN_DEADLINE_MS / 2);
    const row = await workshop.db.worker.findUniqueOrThrow({ where: { id: worker.id } });
    expect(row.stoppedAt).not.toBeNull();
  });

  test('what is soon done is finished', async () => {
    const work = await workshop.begin(await makeSource(lavfi('testsrc2=s=320x180:r=25:d=5')));
    await workshop.run(work, 'probe', 'plan');
    const worker = await startWorkerProcess(stack, { ffmpeg });
    await workshop.deliver(work, 'encode');
    await waitFor(async () => (await workshop.task(work, 'encode')).state === 'running');
    worker.signal('SIGTERM');
    expect(await endOf(worker)).toEqual(IN_ORDER);
    expect(await workshop.task(work, 'encode')).toMatchObject({
      state: 'completed',
      attempts: 0,
      infraAttempts: 0,
      token: 1,
    });
  });

  test('what is not goes back within the deadline, without an attempt; a second one changes nothing', async () => {
    const { worker, work } = await encodingWorker();
    const before = await waiting();
    worker.signal('SIGTERM');
    await waitFor(() => worker.said.includes('The worker stops: it takes nothing more'));
    worker.signal('SIGTERM');
    worker.signal('SIGINT');
    expect(await endOf(worker)).toEqual(IN_ORDER);
    expect(await workshop.task(work, 'encode')).toMatchObject(HANDED_BACK);
    expect(await waiting()).toBe(before + 1);
  });

  test('while it starts, it is heard too', async () => {
    const worker = await startWorkerProcess(stack, { early: true });
    // Node listens as soon as the first line of main.ts has run; before that a signal ends the process by itself.
    await waitFor(async () => (await workshop.db.worker.count({ where: { id: worker.id } })) === 1);
    worker.signal('SIGTERM');
    expect(await endOf(worker)).toEqual(IN_ORDER);
  });
});

describe('SIGTERM while something is away', () => {
  test('Redis: the task goes back all the same', async () => {
    const { worker, work } = await encodingWorker();
    await stack.outage('redis', async () => {
      worker.signal('SIGTERM');
      expect(await endOf(worker)).toEqual(IN_ORDER);
    });
    expect(await workshop.task(work, 'encode')).toMatchObject(HANDED_BACK);
  });

  test('Postgres: it ends in order, and its lease runs out by itself', async () => {
    const { worker, work } = await encodingWorker();
    await stack.outage('postgres', async () => {
      worker.signal('SIGTERM');
      expect(await endOf(worker)).toEqual(IN_ORDER);
    });
    await waitFor(async () => (await workshop.task(work, 'encode')).state === 'running');
  });

  test('both, and nothing to do', async () => {
    const worker = await startWorkerProcess(stack);
    await stack.outage('postgres', () =>
      stack.outage('redis', async () => {
        worker.signal('SIGTERM');
        expect(await endOf(worker)).toEqual(IN_ORDER);
      }),
    );
  });
});

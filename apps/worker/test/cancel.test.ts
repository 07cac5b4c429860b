import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cancelJob } from '@transcode/db';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTask } from '../src/run-task.ts';
import { lavfi, makeSource } from './make-source.ts';
import { processesIn } from './processes.ts';
import { slowFfmpeg } from './slow-ffmpeg.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

/** Of the promise: every ffmpeg of a canceled job is gone, and its scratch is free. */
const PROMISED_MS = 2_000;

let workshop: Workshop;
let source: string;

beforeAll(async () => {
  // One chunk, long enough to be still at it when something happens.
  workshop = await openWorkshop({ ffmpeg: await slowFfmpeg(), chunkLengths: { first: 100, later: 100 } });
  source = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=60'));
});
afterAll(() => workshop.dispose());

interface Encoding {
  readonly work: Work;
  readonly scratch: string;
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

const scratches = (): Promise<string[]> => readdir(workshop.runner.scratch);

async function encoding(): Promise<Encoding> {
  const before = await scratches();
  const work = await workshop.begin(source);
  await workshop.run(work, 'probe', 'plan');
  const stop = new AbortController();
  const taskId = await workshop.queued(work, 'encode');
  const ended = runTask(workshop.runner, { taskId, token: 0 }, stop.signal);
  const name = await waitFor(async () => (await scratches()).find((each) => !before.includes(each)));
  const scratch = path.join(workshop.runner.scratch, name);
  await waitFor(async () => {
    const { progress } = await workshop.db.task.findUniqueOrThrow({ where: { id: taskId } });
    return progress !== null && (await processesIn(scratch)).length > 0;
  });
  return { work, scratch, stop, ended };
}

test('a job that is canceled loses every ffmpeg and its scratch within 2 s, and another job none', async () => {
  const { db, runner } = workshop;
  const other = await encoding();
  const canceled = await encoding();
  const others = await processesIn(other.scratch);
  const { workspaceId } = await db.job.findUniqueOrThrow({ where: { id: canceled.work.jobId } });

  const begun = performance.now();
  await db.$transaction((tx) => cancelJob(tx, canceled.work.jobId));
  runner.events.publish({ type: 'job', workspaceId, ...canceled.work, state: 'canceled' });
  await waitFor(async () => (await processesIn(canceled.scratch)).length === 0);
  await waitFor(async () => !(await scratches()).includes(path.basename(canceled.scratch)));
  expect(performance.now() - begun).toBeLessThan(PROMISED_MS);

  await canceled.ended;
  expect(await processesIn(other.scratch)).toEqual(others);
  const tasks = await db.task.findMany({ where: { jobId: canceled.work.jobId, stage: 'encode' } });
  expect(new Set(tasks.map(({ state }) => state))).toEqual(new Set(['canceled']));
  other.stop.abort();
  await other.ended;
});

test('what is said of a job that was not canceled stops nothing', async () => {
  const { db, runner } = workshop;
  const { work, scratch, stop, ended } = await encoding();
  const { workspaceId } = await db.job.findUniqueOrThrow({ where: { id: work.jobId } });
  const before = await db.task.findFirstOrThrow({ where: { jobId: work.jobId, stage: 'encode' } });
  runner.events.publish({ type: 'job', workspaceId, ...work, state: 'canceled' });
  // It has asked for its claim, and has it still.
  await waitFor(async () => {
    const { leaseUntil } = await db.task.findUniqueOrThrow({ where: { id: before.id } });
    return Number(leaseUntil) > Number(before.leaseUntil);
  });
  expect(await processesIn(scratch)).not.toEqual([]);
  stop.abort();
  await ended;
  expect(await db.task.findUniqueOrThrow({ where: { id: before.id } })).toMatchObject({ state: 'queued' });
});

import { readdir } from 'node:fs/promises';
import { Progress, TranscodeError } from '@transcode/contracts';
import { cancelJob, claimTask, completeTask } from '@transcode/db';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runTask } from '../src/run-task.ts';
import { lavfi, makeSource } from './make-source.ts';
import { slowFfmpeg } from './slow-ffmpeg.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

let workshop: Workshop;
let source: string;
let work: Work;
let encode: string;

beforeAll(async () => {
  // One chunk, long enough to be still at it when something happens.
  workshop = await openWorkshop({ ffmpeg: await slowFfmpeg(), chunkLengths: { first: 100, later: 100 } });
  source = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=60'));
});
beforeEach(async () => {
  work = await workshop.begin(source);
  await workshop.run(work, 'probe', 'plan');
  encode = await workshop.queued(work, 'encode');
});
afterAll(() => workshop.dispose());

const never = new AbortController().signal;
const task = () => workshop.db.task.findUniqueOrThrow({ where: { id: encode } });
const encoding = (): Promise<unknown> =>
  waitFor(async () => {
    const { state, progress } = await task();
    return state === 'running' && progress !== null;
  });

test('progress tells fraction, frames a second, speed and what is left', async () => {
  const stopping = new AbortController();
  const running = runTask(workshop.runner, { taskId: encode, token: 0 }, stopping.signal);
  // The first reports know little yet.
  const progress = await waitFor(async () => {
    const told = Progress.nullable().parse((await task()).progress);
    return told?.secondsLeft !== undefined && told;
  }).finally(() => stopping.abort());
  expect(progress).toEqual({
    fraction: expect.any(Number),
    fps: expect.any(Number),
    speed: expect.any(Number),
    secondsLeft: expect.any(Number),
  });
  await running;
});

test('a worker that stops hands its task back, and no attempt has been used', async () => {
  const stopping = new AbortController();
  const running = runTask(workshop.runner, { taskId: encode, token: 0 }, stopping.signal);
  await encoding();
  stopping.abort();
  expect(await running).toMatchObject({ outcome: 'handed_back', worker: 'untold' });
  expect(await task()).toMatchObject({ state: 'queued', attempts: 0, infraAttempts: 0, workerId: null, token: 1 });
  expect(await readdir(workshop.runner.scratch)).toEqual([]);
});

test('a worker whose claim another has kills its ffmpeg, changes nothing, and leaves nothing of its own', async () => {
  const { workspaceId } = await workshop.db.job.findUniqueOrThrow({ where: { id: work.jobId } });
  const folder = `w/${workspaceId}/v/${work.videoId}/${work.jobId}/`;
  const keys = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { key } of workshop.storage.list(folder)) found.push(key.slice(folder.length));
    return found;
  };
  const ofOthers = ['v180/0-10/0.m4s', 'v180/0-2/0.m4s', 'v180/10-1/0.m4s'];
  for (const key of ofOthers) await workshop.storage.put(folder + key, Buffer.from('of another'));
  const running = runTask(workshop.runner, { taskId: encode, token: 0 }, never);
  await encoding();
  await waitFor(async () => (await keys()).some((key) => /^v\d+\/0-1\//.test(key)));
  await workshop.db.task.update({ where: { id: encode }, data: { token: { increment: 1 }, workerId: 'another' } });
  const taken = performance.now();
  expect(await running).toMatchObject({ outcome: 'lost', worker: 'ill' });
  // One renewal to notice, and a moment to kill.
  expect(performance.now() - taken).toBeLessThan(6_000);
  expect(await keys()).toEqual(ofOthers);
  expect(await task()).toMatchObject({ state: 'running', workerId: 'another', attempts: 0, infraAttempts: 0 });
  const chunks = await workshop.db.chunk.findMany({ where: { jobId: work.jobId } });
  expect(chunks.map(({ state }) => state)).not.toContain('done');
  expect(await readdir(workshop.runner.scratch)).toEqual([]);
});

test('a task of a job that is canceled says nothing against the worker', async () => {
  const running = runTask(workshop.runner, { taskId: encode, token: 0 }, never);
  await encoding();
  await workshop.db.$transaction((tx) => cancelJob(tx, work.jobId));
  expect(await running).toMatchObject({ outcome: 'canceled', worker: 'untold' });
  expect(await readdir(workshop.runner.scratch)).toEqual([]);
});

test('a worker with another ffmpeg than the one that began lets a chunk be', async () => {
  await claimTask(workshop.db, { taskId: encode, workerId: 'another', build: 'another', leaseMs: 60_000 });
  await workshop.db.task.update({ where: { id: encode }, data: { state: 'queued', leaseUntil: null, workerId: null } });
  expect(await runTask(workshop.runner, { taskId: encode, token: 1 }, never)).toBeUndefined();
  expect(await task()).toMatchObject({ state: 'queued', token: 1, requires: { build: 'another' } });
});

test('what was done under an old claim is not written', async () => {
  const { db } = workshop;
  const old = await claimTask(db, { taskId: encode, workerId: 'old', build: 'x', leaseMs: 60_000 });
  if (old === undefined) throw new Error('It could not be claimed');
  await db.task.update({ where: { id: encode }, data: { token: { increment: 1 } } });
  const commit = async (): Promise<void> => {
    await db.job.update({ where: { id: work.jobId }, data: { notes: ['written'] } });
  };
  await expect(completeTask(db, old, commit)).rejects.toThrow(new TranscodeError('lease_lost').message);
  expect((await db.job.findUniqueOrThrow({ where: { id: work.jobId } })).notes).toEqual([]);
});

test('a delivery of a task that another has is let be', async () => {
  await claimTask(workshop.db, { taskId: encode, workerId: 'another', build: 'x', leaseMs: 60_000 });
  await runTask(workshop.runner, { taskId: encode, token: 0 }, never);
  expect(await task()).toMatchObject({ state: 'running', workerId: 'another', token: 1 });
});

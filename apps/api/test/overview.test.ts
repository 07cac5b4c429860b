import { CONTROL_FORGOTTEN_MS, OverviewView, type Need } from '@transcode/contracts';
import { sampleBacklog, sampleOutput, sampleStorage } from '@transcode/db';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { isFilling } from '../src/services/overview/is-filling.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addWaitingTasks } from './reconciler/waiting-tasks.ts';
import { addJob, addVideo } from './videos.ts';
import { addRunningTask, addWorker } from './workers.ts';

const HOUR_MS = 3600 * 1000;
const ago = (ms: number): Date => new Date(Date.now() - ms);

let here: Installation;
let api: RunningApi;
let operator: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  operator = await here.key('operator');
});
beforeEach(async () => {
  const { db } = here;
  await db.video.deleteMany();
  await db.upload.deleteMany();
  await db.outbox.deleteMany();
  await db.workControl.deleteMany();
  await db.worker.deleteMany();
  await db.backlogSample.deleteMany();
  await db.outputSample.deleteMany();
  await db.storageSample.deleteMany();
});
afterAll(() => here.dispose());

async function overview(): Promise<OverviewView> {
  const response = await fetch(`${api.url}/api/v1/overview`, { headers: { authorization: `Bearer ${operator}` } });
  expect(response.status).toBe(200);
  return OverviewView.parse(await response.json());
}

/** The disk of the machine that tests may be filling is not what they are about. */
async function needs(): Promise<Need[]> {
  return (await overview()).needs.filter(({ kind }) => kind !== 'storageFilling');
}

async function addFailed(code: string, { endedAt = ago(1_000), videoState = 'failed' as const } = {}): Promise<string> {
  const video = await addVideo(here, { state: videoState });
  const failure = { failureCode: code, failureText: `It was ${code}.` };
  const { id } = await addJob(here, video, { state: 'failed', endedAt, ...failure });
  return id;
}

describe('what needs somebody', () => {
  test('is nothing where all is well', async () => {
    await addWorker(here);
    expect(await needs()).toEqual([]);
  });

  test('jobs that failed within a day, by cause, most frequent first, and what is no fault of ours last', async () => {
    await addFailed('source_empty');
    await addFailed('encode_failed', { endedAt: ago(2_000) });
    const latest = await addFailed('encode_failed');
    await addFailed('verify_failed', { endedAt: ago(25 * HOUR_MS) });
    const found = await needs();
    expect(found).toEqual([
      expect.objectContaining({
        ...{ kind: 'jobsFailed', severity: 'broken', code: 'encode_failed', count: 2, more: false, jobId: latest },
        sentence: 'It was encode_failed.',
      }),
      expect.objectContaining({ kind: 'jobsFailed', severity: 'notice', code: 'source_empty', count: 1 }),
    ]);
  });

  test('not a failure that was made good, or whose video was deleted; and each video counts once', async () => {
    const video = await addVideo(here, { state: 'ready' });
    await addJob(here, video, { state: 'failed', endedAt: ago(1_000), failureCode: 'encode_failed' });
    const gone = await addVideo(here, { state: 'deleted', deletedAt: new Date() });
    await addJob(here, gone, { state: 'failed', endedAt: ago(1_000), failureCode: 'encode_failed' });
    expect(await needs()).toEqual([]);
    const twice = await addVideo(here, { state: 'failed' });
    for (const failureCode of ['encode_failed', 'verify_failed'])
      await addJob(here, twice, { state: 'failed', endedAt: new Date(), failureCode });
    expect(await needs()).toEqual([expect.objectContaining({ code: 'verify_failed', count: 1 })]);
  });

  test('tasks that wait where nobody serves their class', async () => {
    await addWorker(here, { classes: ['cpu'] });
    await addWaitingTasks(here, { count: 3, class: 'gpu' });
    await addWaitingTasks(here, { count: 2, class: 'cpu' });
    expect(await needs()).toEqual([{ kind: 'noWorkerOfClass', severity: 'broken', class: 'gpu', waiting: 3 }]);
  });

  test('a worker in quarantine, with its reason', async () => {
    const quarantine = {
      ...{ quarantinedAt: ago(1_000), quarantinedUntil: new Date(Date.now() + 5_000) },
      quarantineReason: 'The scratch space of the worker is full.',
    };
    const { id } = await addWorker(here, quarantine);
    await addWorker(here, { ...quarantine, stoppedAt: new Date() });
    expect(await needs()).toEqual([
      expect.objectContaining({ kind: 'workerQuarantined', workerId: id, reason: quarantine.quarantineReason }),
    ]);
  });

  test('what somebody stopped more than an hour ago', async () => {
    const { db } = here;
    await db.workControl.create({
      data: { scope: 'all', state: 'paused', by: 'me', at: ago(CONTROL_FORGOTTEN_MS + 1_000) },
    });
    await db.workControl.create({ data: { scope: 'class:cpu', state: 'draining', by: 'me', at: ago(60_000) } });
    expect(await needs()).toEqual([expect.objectContaining({ kind: 'controlForgotten', scope: 'all', by: 'me' })]);
  });

  test('work that somebody stopped while tasks wait for it, with who did it, once', async () => {
    await addWorker(here);
    const control = { scope: 'class:light', state: 'paused' as const, by: 'ana@example.org' };
    await here.db.workControl.create({ data: { ...control, at: ago(CONTROL_FORGOTTEN_MS + 1_000) } });
    expect(await needs()).toEqual([expect.objectContaining({ kind: 'controlForgotten' })]);
    await addWaitingTasks(here, { count: 2, class: 'light' });
    const found = await waitFor(async () => {
      const now = await needs();
      return now.some(({ kind }) => kind === 'workStopped') && now;
    });
    expect(found).toEqual([
      expect.objectContaining({
        ...{ kind: 'workStopped', severity: 'held', class: 'light', waiting: 2 },
        controls: [expect.objectContaining(control)],
      }),
    ]);
  });

  test('uploads that stand still: whole ones, and those that nobody sends', async () => {
    const upload = async (id: string, offset: bigint, ageMs: number) => {
      const { workspaceId } = here;
      const expiresAt = new Date(Date.now() + HOUR_MS);
      const data = { id, workspaceId, fileName: 'a.mp4', size: 5n, offset, key: id, expiresAt };
      await here.db.upload.create({ data });
      await here.db.$executeRaw`UPDATE "Upload" SET "updatedAt" = ${ago(ageMs)} WHERE "id" = ${id}`;
    };
    await upload('silent', 2n, 25 * HOUR_MS);
    await upload('slow', 2n, HOUR_MS);
    expect(await needs()).toEqual([expect.objectContaining({ kind: 'uploadsStuck', how: 'silent', count: 1 })]);
  });

  test('a reconciler that went silent, and messages that nobody told', async () => {
    const other = await install();
    try {
      // Its reconciler is never elected: another holds the lock for longer than this test.
      await other.db.$executeRaw`
        INSERT INTO "Election" ("name", "holder", "backendPid", "beatAt") VALUES ('reconciler', 'gone', 0, now() - interval '1 minute')`;
      await other.db.outbox.create({ data: { topic: 'video.ready', payload: {}, createdAt: ago(120_000) } });
      const silent = await other.db.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(7301824411)`;
        const replica = await other.start();
        const key = await other.key('operator');
        const response = await fetch(`${replica.url}/api/v1/overview`, { headers: { authorization: `Bearer ${key}` } });
        return OverviewView.parse(await response.json()).needs.filter(({ kind }) => kind !== 'storageFilling');
      });
      expect(silent).toEqual([
        expect.objectContaining({ kind: 'noReconciler', severity: 'broken', since: expect.any(String) }),
        expect.objectContaining({ kind: 'outboxStuck', severity: 'held', count: 1 }),
      ]);
    } finally {
      await other.dispose();
    }
  });

  test('a disk that fills, by its size', () => {
    expect(isFilling({ freeBytes: 5e9, totalBytes: 100e9, reserveBytes: 0 })).toBe(true);
    expect(isFilling({ freeBytes: 15e9, totalBytes: 100e9, reserveBytes: 0 })).toBe(false);
    expect(isFilling({ freeBytes: 200e9, totalBytes: 10e12, reserveBytes: 0 })).toBe(false);
    expect(isFilling({ freeBytes: 90e9, totalBytes: 10e12, reserveBytes: 0 })).toBe(true);
    expect(isFilling({ freeBytes: 15e9, totalBytes: 100e9, reserveBytes: 6e9 })).toBe(true);
  });
});

describe('how the platform does', () => {
  test('the backlog by class, with its rate and when it is done', async () => {
    const { id: workerId } = await addWorker(here);
    await addRunningTask(here, workerId);
    const waiting = await addWaitingTasks(here, { count: 10, class: 'light' });
    const done = waiting.slice(0, 4).map((task) => task.id);
    const times = { startedAt: ago(70_000), endedAt: ago(60_000) };
    await here.db.task.updateMany({ where: { id: { in: done } }, data: { state: 'completed', ...times } });
    await here.db.taskAttempt.createMany({
      data: done.map((taskId) => ({ taskId, token: 1, workerId, ...times, outcome: 'completed' })),
    });
    // What waits is looked at now and then.
    const { backlog, workers } = await waitFor(async () => {
      const seen = await overview();
      return seen.backlog.some(({ outlook }) => outlook?.kind === 'known') && seen;
    });
    expect(backlog).toEqual([
      expect.objectContaining({ class: 'cpu', waiting: 0, running: 1 }),
      expect.objectContaining({ class: 'light', waiting: 6, running: 0, donePerMinute: 0.4 }),
    ]);
    // Six of 10 s each, two at a time.
    expect(backlog[1]?.outlook).toMatchObject({ kind: 'known', seconds: expect.closeTo(30, 0) });
    expect(workers).toEqual([{ id: workerId, state: 'active', tasks: 1, slots: 3 }]);
  });

  test('failures of each hour, also of those without any', async () => {
    await addFailed('encode_failed', { endedAt: ago(2 * HOUR_MS) });
    await addFailed('encode_failed', { endedAt: ago(2 * HOUR_MS) });
    await addFailed('encode_failed', { endedAt: ago(30 * HOUR_MS) });
    const { errors } = await overview();
    expect(errors).toHaveLength(24);
    expect(
      errors
        .map(({ count }) => count)
        .toReversed()
        .slice(0, 4),
    ).toEqual([0, 0, 2, 0]);
  });

  test('what became ready counts once, in the hour in which it was looked at', async () => {
    const { db } = here;
    await addVideo(here, { state: 'ready', readyAt: ago(1_000), probe: { durationSeconds: 12.5 } });
    await sampleOutput(db, { atMostMs: HOUR_MS });
    await sampleOutput(db, { atMostMs: HOUR_MS });
    const { output } = await overview();
    expect(output).toHaveLength(24);
    expect(output.at(-1)).toMatchObject({ videos: 1, videoSeconds: 12.5 });
  });

  test('what is stored: sources, and the renditions that are served', async () => {
    const video = await addVideo(here, { state: 'ready', sourceBytes: 5_000n });
    const [served, old] = [await addJob(here, video), await addJob(here, video)];
    await here.db.video.update({ where: { id: video.id }, data: { publishedJobId: served.id } });
    for (const { id: jobId } of [served, old])
      for (const name of ['v1080', 'v720'])
        await here.db.rendition.create({ data: { jobId, name, kind: 'video', position: 0, bytes: 700n } });
    await addVideo(here, { state: 'deleted', sourceBytes: 9_000n });
    await here.db.storageSample.deleteMany();
    await sampleStorage(here.db);
    const { storage } = await overview();
    expect(storage).toMatchObject({ videos: 1, sourceBytes: 5_000, publishedBytes: 1_400 });
    expect(storage?.freeBytes).toBeLessThan(storage?.totalBytes ?? 0);
  });

  test('how the backlog was', async () => {
    await addWaitingTasks(here, { count: 3, class: 'cpu' });
    await here.db.backlogSample.deleteMany();
    await sampleBacklog(here.db);
    const { backlogHistory } = await overview();
    expect(backlogHistory).toEqual([expect.objectContaining({ waiting: 3, running: 0 })]);
  });
});

import type { Stage } from '@transcode/contracts';
import type { Task } from '@transcode/db';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runTask } from '../src/run-task.ts';
import { makeSource, patternWithBeeps } from './make-source.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

let stack: Stack;
let workshop: Workshop;
let source: string;
let work: Work;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  workshop = await openWorkshop({ stack, storagePatienceMs: 5_000 });
  source = await makeSource(patternWithBeeps(4));
});
beforeEach(async () => {
  work = await workshop.begin(source);
});
afterAll(async () => {
  await workshop.dispose();
  await stack.dispose();
});

const never = new AbortController().signal;
const task = (stage: Stage): Promise<Task> => workshop.task(work, stage);

/** A storage that has just started may stumble once more. */
async function runUntilDone(stage: 'probe' | 'encode' | 'audio'): Promise<void> {
  const { id } = await task(stage);
  await waitFor(async () => {
    await workshop.db.task.update({ where: { id }, data: { notBefore: null } });
    return (await runTask(workshop.runner, { taskId: id, token: 0 }, never))?.outcome === 'completed';
  });
}

test('a source that cannot be read for now is no damaged file, and no failure of the work', async () => {
  await workshop.run(work, 'probe', 'plan');
  await stack.outage('s3', async () => {
    for (const stage of ['encode', 'audio'] as const) {
      const { id } = await task(stage);
      expect(await runTask(workshop.runner, { taskId: id, token: 0 }, never)).toMatchObject({
        outcome: 'retried',
        reason: expect.stringMatching(/^The storage does not answer/),
      });
      expect(await task(stage)).toMatchObject({
        ...{ state: 'queued', failureCode: 'storage_unavailable' },
        ...{ attempts: 0, infraAttempts: 1, outages: 1 },
      });
    }
  });
  for (const stage of ['encode', 'audio'] as const) await runUntilDone(stage);
  await workshop.run(work, 'package');
});

test('a probe that cannot read the file is tried again', async () => {
  const id = await workshop.queued(work, 'probe');
  await stack.outage('s3', async () => {
    await runTask(workshop.runner, { taskId: id, token: 0 }, never);
  });
  expect(await task('probe')).toMatchObject({ state: 'queued', failureCode: 'storage_unavailable', attempts: 0 });
  await runUntilDone('probe');
});

test('without Redis a task is completed, and its successor is queued in the database', async () => {
  const id = await workshop.queued(work, 'probe');
  await stack.outage('redis', async () => {
    const end = await runTask(workshop.runner, { taskId: id, token: 0 }, never);
    expect(end?.outcome).toBe('completed');
  });
  expect((await task('plan')).state).toBe('queued');
});

test('a connection to Postgres that breaks at the commit does not cost the work', async () => {
  await workshop.run(work, 'probe', 'plan');
  const { id } = await task('encode');
  const { db } = workshop;
  let running: ReturnType<typeof runTask> | undefined;
  // Whoever wants to end a task waits for the job's row.
  await db.$transaction(
    async (tx) => {
      running = runTask(workshop.runner, { taskId: id, token: 0 }, never);
      await waitFor(async () => (await task('encode')).state === 'running');
      await tx.$queryRaw`SELECT 1 FROM "Job" WHERE "id" = ${work.jobId}::uuid FOR UPDATE`;
      const broken = await waitFor(async () => {
        const waiting = await db.$queryRaw<{ pid: number }[]>`
          SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE wait_event_type = 'Lock' AND query LIKE '%FROM "Job"%FOR NO KEY UPDATE%'`;
        return waiting.length > 0 && waiting;
      });
      expect(broken).toHaveLength(1);
    },
    { timeout: 60_000 },
  );
  expect(await running).toMatchObject({ outcome: 'completed', worker: 'well' });
  expect(await task('encode')).toMatchObject({ state: 'completed', attempts: 0, infraAttempts: 0, token: 1 });
});

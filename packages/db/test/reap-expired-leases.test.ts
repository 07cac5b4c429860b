import { MAX_INFRA_ATTEMPTS } from '@transcode/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { claimTask, createDatabase, reapExpiredLeases, type Database } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
let stopped: Database;

beforeAll(async () => {
  postgres = await realPostgres();
  stopped = createDatabase(postgres.url);
});
afterAll(async () => {
  await stopped.$disconnect();
  await postgres.stop();
});

/** A job with a task whose lease has run out. */
async function abandoned(): Promise<{ jobId: string; taskId: string }> {
  const { jobId, released } = await postgres.begin();
  const taskId = released[0]?.id ?? '';
  await claimTask(postgres.db, { taskId, workerId: 'gone', build: '', leaseMs: 0 });
  return { jobId, taskId };
}

const reaped = async (): Promise<string[]> => (await reapExpiredLeases(postgres.db)).released.map(({ id }) => id);

test('a worker that was stopped in the middle of a commit keeps up no other job, and its own not for long', async () => {
  const [held, free] = [await abandoned(), await abandoned()];
  const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
  const { promise: continued, resolve: goOn } = Promise.withResolvers<void>();
  const commit = stopped.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM "Job" WHERE "id" = ${held.jobId}::uuid FOR NO KEY UPDATE`;
      isLocked();
      await continued;
      await tx.job.update({ where: { id: held.jobId }, data: { notes: ['written by a zombie'] } });
    },
    { timeout: 600_000 },
  );
  await locked;
  expect(await reaped()).toEqual([free.taskId]);
  await vi.waitFor(async () => expect(await reaped()).toEqual([held.taskId]), { timeout: 30_000, interval: 200 });
  goOn();
  await expect(commit).rejects.toBeInstanceOf(Error);
  expect((await postgres.db.job.findUniqueOrThrow({ where: { id: held.jobId } })).notes).toEqual([]);
});

test('a job on which too many workers died is told of', async () => {
  const { jobId, taskId } = await abandoned();
  await postgres.db.task.update({ where: { id: taskId }, data: { infraAttempts: MAX_INFRA_ATTEMPTS - 1 } });
  expect(await reapExpiredLeases(postgres.db)).toEqual({ released: [], failedJobIds: [jobId] });
  expect(await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ state: 'failed' });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  cancelJob,
  claimTask,
  completeTask,
  failTask,
  handBackTask,
  reapExpiredLeases,
  type ClaimedTask,
  type TaskAttempt,
} from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

async function begin(): Promise<{ jobId: string; taskId: string }> {
  const { jobId, released } = await postgres.begin();
  return { jobId, taskId: released[0]?.id ?? '' };
}

async function claim(taskId: string, workerId: string, leaseMs = 60_000): Promise<ClaimedTask> {
  const claimed = await claimTask(postgres.db, { taskId, workerId, build: 'one ffmpeg', leaseMs });
  if (claimed === undefined) throw new Error('The task could not be claimed');
  return claimed;
}

/** Takes back a claim whose lease is over. Where the database has just begun itself, that is an outage, and rests. */
async function lose(taskId: string): Promise<void> {
  await sleep(20);
  await reapExpiredLeases(postgres.db);
  await postgres.db.task.update({ where: { id: taskId }, data: { notBefore: null } });
}

const history = (taskId: string): Promise<TaskAttempt[]> =>
  postgres.db.taskAttempt.findMany({ where: { taskId }, orderBy: { token: 'asc' } });

test('each claim is remembered with who, since when it had waited, and how it ended', async () => {
  const { taskId } = await begin();
  await handBackTask(postgres.db, await claim(taskId, 'w1'));
  await claim(taskId, 'w2', 1);
  await lose(taskId);
  await failTask(postgres.db, await claim(taskId, 'w3'), { code: 'encode_failed', text: 'It failed.' });
  const last = await claim(taskId, 'w4');
  expect((await history(taskId)).at(-1)).toMatchObject({ workerId: 'w4', outcome: null, endedAt: null });
  await completeTask(postgres.db, last, () => Promise.resolve());
  const attempts = await history(taskId);
  expect(attempts.map(({ token, workerId, outcome }) => [token, workerId, outcome])).toEqual([
    [1, 'w1', 'handed_back'],
    [2, 'w2', 'lost'],
    [3, 'w3', 'failed'],
    [4, 'w4', 'completed'],
  ]);
  expect(attempts.map(({ failureCode }) => failureCode)).toEqual([null, expect.any(String), 'encode_failed', null]);
  for (const { queuedAt, startedAt, endedAt } of attempts) {
    expect(queuedAt?.getTime()).toBeLessThanOrEqual(startedAt.getTime());
    expect(endedAt?.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
  }
});

test('a claim that was lost does not write over how it ended', async () => {
  const { taskId } = await begin();
  const lost = await claim(taskId, 'w1', 1);
  await lose(taskId);
  await claim(taskId, 'w2');
  await expect(completeTask(postgres.db, lost, () => Promise.resolve())).rejects.toThrow('The worker lost its claim');
  await failTask(postgres.db, lost, { code: 'encode_failed', text: 'It failed.' });
  expect((await history(taskId)).map(({ outcome }) => outcome)).toEqual(['lost', null]);
});

test('canceling ends what is being tried, and forgetting the job forgets it', async () => {
  const { jobId, taskId } = await begin();
  await claim(taskId, 'w1');
  await postgres.db.$transaction((tx) => cancelJob(tx, jobId));
  expect((await history(taskId)).map(({ outcome }) => outcome)).toEqual(['canceled']);
  await postgres.db.job.delete({ where: { id: jobId } });
  expect(await history(taskId)).toEqual([]);
});

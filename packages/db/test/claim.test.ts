import type { Stage } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addTasks,
  cancelJob,
  claimFate,
  claimTask,
  completeTask,
  failTask,
  findUndelivered,
  handBackTask,
  reapExpiredLeases,
  renewLease,
  type ClaimedTask,
  type ReadyTask,
  type Transaction,
} from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

const BUILD = 'one ffmpeg';
const nothing = () => Promise.resolve();

async function claim(taskId: string, leaseMs = 60_000): Promise<ClaimedTask> {
  const claimed = await claimTask(postgres.db, { taskId, workerId: 'w1', build: BUILD, leaseMs });
  if (claimed === undefined) throw new Error('The task could not be claimed');
  return claimed;
}

function only(tasks: readonly ReadyTask[]): string {
  const [task] = tasks;
  if (task === undefined || tasks.length !== 1) throw new Error(`${tasks.length} tasks were released`);
  return task.id;
}

const after = (...stages: Stage[]): Stage[] => stages;

/** Brings a job to where `plan` has added the rest of the journey: two chunks and the sound. */
async function planned(): Promise<{ jobId: string; videoId: string; released: ReadyTask[] }> {
  const { jobId, video, released } = await postgres.begin();
  const probed = await completeTask(postgres.db, await claim(only(released)), nothing);
  const done = await completeTask(postgres.db, await claim(only(probed.released)), (tx) =>
    addTasks(tx, jobId, [
      { stage: 'encode', index: 0, after: after('plan') },
      { stage: 'encode', index: 1, after: after('plan') },
      { stage: 'audio', index: 0, after: after('plan') },
      { stage: 'package', index: 0, after: after('encode', 'audio') },
      { stage: 'verify', index: 0, after: after('package') },
      { stage: 'measure', index: 0, after: after('package') },
      { stage: 'publish', index: 0, after: after('verify') },
    ]),
  );
  return { jobId, videoId: video.id, released: done.released };
}

async function completeAll(tasks: readonly ReadyTask[]): Promise<ReadyTask[]> {
  const released: ReadyTask[] = [];
  for (const task of tasks) released.push(...(await completeTask(postgres.db, await claim(task.id), nothing)).released);
  return released;
}

describe('claiming', () => {
  test('of fifty who want a task, one gets it', async () => {
    const { released } = await postgres.begin();
    const taskId = only(released);
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        claimTask(postgres.db, { taskId, workerId: `w${index}`, build: BUILD, leaseMs: 60_000 }),
      ),
    );
    const won = claims.filter((each) => each !== undefined);
    expect(won).toHaveLength(1);
    expect(won[0]?.token).toBe(1);
    expect((await postgres.db.job.findUniqueOrThrow({ where: { id: won[0]?.job.id ?? '' } })).state).toBe('running');
  });

  test('what an old claim wants to write is refused and changes nothing', async () => {
    const { released } = await postgres.begin();
    const old = await claim(only(released));
    await handBackTask(postgres.db, old);
    const fresh = await claim(only(released));
    expect(fresh.token).toBe(old.token + 1);
    const write = completeTask(postgres.db, old, async (tx) => {
      await tx.video.update({ where: { id: old.video.id }, data: { title: 'Written by a zombie' } });
    });
    await expect(write).rejects.toMatchObject({ code: 'lease_lost' });
    expect((await postgres.db.video.findUniqueOrThrow({ where: { id: old.video.id } })).title).toBe('A video');
    expect(await renewLease(postgres.db, old, { leaseMs: 60_000 })).toBe(false);
    expect(await claimFate(postgres.db, old)).toBe('lost');
    expect(await renewLease(postgres.db, fresh, { leaseMs: 60_000 })).toBe(true);
  });

  test('a commit that is made again is made once, and an answer all the same', async () => {
    const { jobId, released } = await postgres.begin();
    const claimed = await claim(only(released));
    const write = async (tx: Transaction): Promise<void> => {
      await tx.job.update({ where: { id: jobId }, data: { notes: { push: 'written' } } });
    };
    expect((await completeTask(postgres.db, claimed, write)).released).toHaveLength(1);
    expect((await completeTask(postgres.db, claimed, write)).released).toEqual([]);
    expect((await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } })).notes).toEqual(['written']);
    expect(await claimFate(postgres.db, claimed)).toBe('completed');
  });

  test('a commit that fails leaves the claim as it was', async () => {
    const { released } = await postgres.begin();
    const claimed = await claim(only(released));
    await expect(completeTask(postgres.db, claimed, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await renewLease(postgres.db, claimed, { leaseMs: 60_000 })).toBe(true);
  });

  test('handing back counts no attempt', async () => {
    const { released } = await postgres.begin();
    await handBackTask(postgres.db, await claim(only(released)));
    const task = await postgres.db.task.findUniqueOrThrow({ where: { id: only(released) } });
    expect(task).toMatchObject({ state: 'queued', attempts: 0, infraAttempts: 0, workerId: null });
  });
});

describe('the journey', () => {
  test('a stage waits for every task of those before it', async () => {
    const { released } = await planned();
    expect(released).toHaveLength(3);
    const [first, ...others] = released;
    if (first === undefined) throw new Error('Nothing was released');
    expect(await completeAll([first])).toEqual([]);
    const [afterChunks] = await completeAll(others);
    const task = await postgres.db.task.findUniqueOrThrow({ where: { id: afterChunks?.id ?? '' } });
    expect(task.stage).toBe('package');
  });

  test('the job is over when nothing essential is left, and what is not essential may fail', async () => {
    const { jobId, released } = await planned();
    const packaged = await completeAll(await completeAll(released));
    expect(packaged).toHaveLength(2);
    const tasks = await postgres.db.task.findMany({ where: { jobId, state: 'queued' } });
    const measure = tasks.find(({ stage }) => stage === 'measure');
    const verify = tasks.find(({ stage }) => stage === 'verify');
    const failure = { code: 'quality_below_floor', text: 'It could not be measured' };
    expect((await failTask(postgres.db, await claim(measure?.id ?? ''), failure)).outcome).toBe('noted');
    const publish = await completeTask(postgres.db, await claim(verify?.id ?? ''), nothing);
    await completeAll(publish.released);
    const job = await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({ state: 'completed', notes: ['It could not be measured'] });
  });

  test('canceling ends every open task and the video', async () => {
    const { jobId, videoId, released } = await planned();
    const running = await claim(released[0]?.id ?? '');
    const { canceled } = await postgres.db.$transaction((tx) => cancelJob(tx, jobId));
    expect(canceled).toBe(true);
    expect(await renewLease(postgres.db, running, { leaseMs: 60_000 })).toBe(false);
    expect(await claimFate(postgres.db, running)).toBe('canceled');
    const states = await postgres.db.task.groupBy({ by: ['state'], where: { jobId }, _count: true });
    expect(states.map(({ state }) => state).toSorted()).toEqual(['canceled', 'completed']);
    expect((await postgres.db.video.findUniqueOrThrow({ where: { id: videoId } })).state).toBe('canceled');
  });
});

describe('failures', () => {
  test('bad input fails the job at once', async () => {
    const { jobId, video, released } = await postgres.begin();
    const failure = { code: 'source_unreadable', text: 'The file is damaged', tail: 'moov atom not found' };
    const { outcome } = await failTask(postgres.db, await claim(only(released)), failure);
    expect(outcome).toBe('job_failed');
    const told = { state: 'failed', failureCode: 'source_unreadable', failureText: 'The file is damaged' };
    expect(await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject(told);
    expect(await postgres.db.video.findUniqueOrThrow({ where: { id: video.id } })).toMatchObject({
      ...told,
      failureTail: 'moov atom not found',
    });
  });

  test('a lease that is not renewed is taken back once, as a death around the work', async () => {
    const { released } = await postgres.begin();
    const dead = await claim(only(released), 1);
    const reaped = [];
    while (reaped.length === 0) reaped.push(...(await reapExpiredLeases(postgres.db)).released);
    expect(reaped.map(({ id }) => id)).toEqual([dead.task.id]);
    expect(await reapExpiredLeases(postgres.db)).toEqual({ released: [], failedJobIds: [] });
    const task = await postgres.db.task.findUniqueOrThrow({ where: { id: dead.task.id } });
    expect(task).toMatchObject({ state: 'queued', attempts: 0, infraAttempts: 1 });
    await expect(completeTask(postgres.db, dead, nothing)).rejects.toMatchObject({ code: 'lease_lost' });
  });
});

test('what is queued can be found again when the queue has lost it', async () => {
  const { released } = await postgres.begin();
  const found = await findUndelivered(postgres.db, { olderThanMs: 0 });
  expect(found.map(({ id }) => id)).toContain(only(released));
  await claim(only(released));
  const later = await findUndelivered(postgres.db, { olderThanMs: 0 });
  expect(later.map(({ id }) => id)).not.toContain(only(released));
});

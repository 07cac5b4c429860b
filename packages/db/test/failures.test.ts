import { FREE_DEATHS, MAX_INFRA_ATTEMPTS, RETRY_MOST_MS, WORK_RETRY_PAUSE_MS } from '@transcode/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failTask, reapExpiredLeases, type ClaimedTask, type FailureOutcome, type Task } from '../src/index.ts';
import { planJob, type PlannedJob } from './planned-job.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
let job: PlannedJob;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(async () => {
  job = await planJob(postgres, { chunks: 2 });
});
afterAll(() => postgres.stop());

const chunk = (): Promise<Task> => job.task('encode', 0);

async function take(workerId = 'one', leaseMs = 60_000): Promise<ClaimedTask> {
  const claim = await job.take('encode', 0, { workerId, leaseMs });
  if (claim === undefined) throw new Error('It could not be claimed');
  return claim;
}

/** Claims the chunk, whenever it was to be, and fails it. Returns how long it has to wait then. */
async function failOnce(
  code: string,
  workerId = 'one',
): Promise<{ outcome: FailureOutcome['outcome']; waits: number }> {
  await postgres.db.task.update({ where: { id: (await chunk()).id }, data: { notBefore: null } });
  const { outcome } = await failTask(postgres.db, await take(workerId), { code, text: 'It did not work', tail: 'why' });
  const { notBefore, queuedAt } = await chunk();
  return { outcome, waits: (notBefore?.getTime() ?? 0) - (notBefore === null ? 0 : (queuedAt?.getTime() ?? 0)) };
}

describe('where the work fails for its own sake', () => {
  test('another worker may try it at once, and its failure is the job’s, with its reason', async () => {
    expect(await failOnce('encode_failed', 'one')).toEqual({ outcome: 'retried', waits: 0 });
    expect(await chunk()).toMatchObject({ state: 'queued', attempts: 1, infraAttempts: 0, failedBy: 'one' });
    expect(await job.take('encode', 0, { workerId: 'one' })).toBeUndefined();
    const failure = { code: 'encode_failed', text: 'ffmpeg could not', tail: 'its last words' };
    expect((await failTask(postgres.db, await take('two'), failure)).outcome).toBe('job_failed');
    const told = { failureCode: failure.code, failureText: failure.text, failureTail: failure.tail, state: 'failed' };
    expect(await postgres.db.job.findUniqueOrThrow({ where: { id: job.jobId } })).toMatchObject(told);
  });

  test('the same worker may try it once more after a pause', async () => {
    await failOnce('stage_failed', 'one');
    const { id, queuedAt } = await chunk();
    expect(await job.take('encode', 0, { workerId: 'one' })).toBeUndefined();
    const earlier = new Date((queuedAt?.getTime() ?? 0) - WORK_RETRY_PAUSE_MS);
    await postgres.db.task.update({ where: { id }, data: { queuedAt: earlier } });
    expect((await failOnce('stage_failed', 'one')).outcome).toBe('job_failed');
  });

  test('what stands still on another worker too is the file’s fault: twice, and no more', async () => {
    expect(await failOnce('encode_stalled', 'one')).toEqual({ outcome: 'retried', waits: 0 });
    expect((await failOnce('encode_stalled', 'two')).outcome).toBe('job_failed');
  });

  test('deaths around it in between change nothing of that', async () => {
    await failOnce('encode_failed', 'one');
    for (let death = 0; death < 5; death += 1) expect((await failOnce('worker_died', 'two')).outcome).toBe('retried');
    expect(await job.take('encode', 0, { workerId: 'one' })).toBeUndefined();
    expect((await failOnce('encode_failed', 'two')).outcome).toBe('job_failed');
  });
});

describe('what happens around the work', () => {
  test.each([
    'storage_unavailable',
    'storage_full',
    'storage_archived',
    'disk_reserved',
    'database_unavailable',
    'queue_unavailable',
  ])('%s strikes everybody: it is waited for, for ever, and never for long', async (code) => {
    const waits: number[] = [];
    for (let time = 0; time < MAX_INFRA_ATTEMPTS * 2; time += 1) {
      const failed = await failOnce(code);
      expect(failed.outcome).toBe('retried');
      waits.push(failed.waits);
    }
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(RETRY_MOST_MS);
    expect(await chunk()).toMatchObject({ attempts: 0, failedBy: null, state: 'queued' });
    // And none of it counts towards what a job may die of.
    expect((await failOnce('scratch_full')).outcome).toBe('retried');
  });

  test.each(['worker_died', 'scratch_full', 'ffmpeg_killed', 'worker_exhausted', 'no_encoder'])(
    '%s is tried again at once, then less often, and ends the job after many times',
    async (code) => {
      for (let death = 1; death <= MAX_INFRA_ATTEMPTS; death += 1) {
        const { outcome, waits } = await failOnce(code);
        expect(outcome).toBe(death < MAX_INFRA_ATTEMPTS ? 'retried' : 'job_failed');
        expect(waits > 0).toBe(death > FREE_DEATHS && outcome === 'retried');
        expect(waits).toBeLessThanOrEqual(RETRY_MOST_MS);
      }
      expect(await chunk()).toMatchObject({ state: 'failed', attempts: 0, infraAttempts: MAX_INFRA_ATTEMPTS });
    },
  );
});

/** How long the server is up, in milliseconds. */
async function uptime(): Promise<number> {
  const [row] = await postgres.db.$queryRaw<{ ms: number }[]>`
    SELECT extract(epoch FROM now() - pg_postmaster_start_time())::float8 * 1000 AS ms`;
  return row?.ms ?? 0;
}

describe('a lease that ran out', () => {
  test('is a death of its worker', async () => {
    while ((await uptime()) < 7_000) await pause(100);
    await take('one', 1);
    await pause(5);
    expect((await reapExpiredLeases(postgres.db)).released).toHaveLength(1);
    expect(await chunk()).toMatchObject({ state: 'queued', infraAttempts: 1, outages: 0, failureCode: 'worker_died' });
  });

  test('while the database was away, is an outage', async () => {
    await take('one');
    await postgres.db.$executeRaw`
      UPDATE "Task" SET "leaseUntil" = pg_postmaster_start_time() - interval '1 minute' WHERE "id" = ${(await chunk()).id}::uuid`;
    expect((await reapExpiredLeases(postgres.db)).released).toHaveLength(1);
    expect(await chunk()).toMatchObject({ infraAttempts: 1, outages: 1, failureCode: 'database_unavailable' });
  });
});

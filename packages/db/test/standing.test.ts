import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelJob, failTask, readJobRows, readStandings } from '../src/index.ts';
import { planJob, type PlannedJob } from './planned-job.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
let job: PlannedJob;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(async () => {
  job = await planJob(postgres, { chunks: 2 });
  await postgres.db.job.update({ where: { id: job.jobId }, data: { startedAt: new Date() } });
});
afterAll(() => postgres.stop());

const standing = async (): Promise<unknown> =>
  (await readStandings(postgres.db, await readJobRows(postgres.db, [job.jobId]))).get(job.jobId);

test('what a list shows of a job that was canceled stays what it was, whatever becomes of its tasks', async () => {
  await postgres.db.$transaction((tx) => cancelJob(tx, job.jobId));
  const kept = await standing();
  expect(kept).toMatchObject({ cells: [{ state: 'canceled' }, { state: 'canceled' }] });
  await postgres.db.task.deleteMany({ where: { jobId: job.jobId } });
  expect(await standing()).toEqual(kept);
});

test('of one that failed, too', async () => {
  for (const workerId of ['one', 'two']) {
    const claim = await job.take('encode', 1, { workerId });
    if (claim === undefined) throw new Error('It could not be claimed');
    await failTask(postgres.db, claim, { code: 'encode_failed', text: 'It did not work' });
  }
  const kept = await standing();
  expect(kept).toMatchObject({ cells: [{ state: 'canceled' }, { state: 'failed' }] });
  await postgres.db.task.deleteMany({ where: { jobId: job.jobId } });
  expect(await standing()).toEqual(kept);
});

test('one that ended before that was kept is looked up, as one is that goes on', async () => {
  expect(await standing()).toMatchObject({ cells: [{ state: 'queued' }, { state: 'queued' }] });
  await postgres.db.$transaction((tx) => cancelJob(tx, job.jobId));
  const kept = await standing();
  await postgres.db.$executeRaw`UPDATE "Job" SET "standing" = NULL`;
  expect(await standing()).toEqual(kept);
});

import { ENCODER_ABSENT_MS, WORKER_SILENT_MS } from '@transcode/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { completeTask, restartRenditions, type ClaimedTask, type Prisma } from '../src/index.ts';
import { planJob, type PlannedJob } from './planned-job.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
let job: PlannedJob;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(async () => {
  await postgres.db.job.deleteMany();
  await postgres.db.worker.deleteMany();
  job = await planJob(postgres, { chunks: 3 });
});
afterAll(() => postgres.stop());

const ONE = { workerId: 'one', build: 'one ffmpeg' };
const OTHER = { workerId: 'other', build: 'another ffmpeg' };
const ago = (ms: number): Date => new Date(Date.now() - ms);

async function takes(stage: 'encode' | 'audio', index: number, who = ONE): Promise<ClaimedTask> {
  const claim = await job.take(stage, index, who);
  if (claim === undefined) throw new Error(`${stage} ${index} was refused`);
  return claim;
}

/** A worker's row: living, and able for a long time, unless told otherwise. */
async function worker({ workerId, build }: typeof ONE, more: Partial<Prisma.WorkerCreateInput> = {}): Promise<void> {
  const long = ago(10 * ENCODER_ABSENT_MS);
  const row = { host: 'here', pid: 1, version: '0', classes: ['cpu' as const], capabilities: { build } };
  const data = { ...row, startedAt: long, ableSince: long, seenAt: new Date(), ...more };
  await postgres.db.worker.upsert({ where: { id: workerId }, create: { id: workerId, ...data }, update: data });
}

describe('the first claim of an encode', () => {
  test('decides for all chunks of the job which ffmpeg makes them', async () => {
    await takes('encode', 1);
    for (const index of [0, 1, 2]) expect((await job.task('encode', index)).requires).toEqual({ build: ONE.build });
    expect(await job.take('encode', 0, OTHER)).toBeUndefined();
    expect(await job.task('encode', 0)).toMatchObject({ state: 'queued', token: 0, workerId: null });
    await takes('encode', 0, { ...ONE, workerId: 'a second of the same build' });
  });

  test('asks nothing of the sound', async () => {
    await takes('encode', 0);
    expect((await takes('audio', 0, OTHER)).task.requires).toEqual({});
  });

  test('is one: of workers with two ffmpegs who come at the same moment, those of one get chunks', async () => {
    for (let round = 0; round < 10; round += 1) {
      const raced = await planJob(postgres, { chunks: 8 });
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => raced.take('encode', index, index % 2 === 0 ? ONE : OTHER)),
      );
      const won = claims.filter((claim) => claim !== undefined);
      expect(won.length).toBe(4);
      expect(new Set(won.map(({ task }) => JSON.stringify(task.requires))).size).toBe(1);
      const tasks = await postgres.db.task.findMany({ where: { jobId: raced.jobId, stage: 'encode' } });
      expect(new Set(tasks.map(({ requires }) => JSON.stringify(requires))).size).toBe(1);
    }
  });
});

describe('when the encoder that began is away', () => {
  beforeEach(async () => {
    await worker(ONE);
    await worker(OTHER);
    await job.finish(await takes('encode', 0));
  });

  test('for less than its time, nothing happens', async () => {
    await worker(ONE, { seenAt: ago(ENCODER_ABSENT_MS / 2), stoppedAt: ago(ENCODER_ABSENT_MS / 2) });
    expect(await restartRenditions(postgres.db)).toEqual([]);
  });

  test('for its time, the renditions start again with what there is, and the job says so', async () => {
    const old = await takes('encode', 1);
    await worker(ONE, { seenAt: ago(ENCODER_ABSENT_MS + 1_000) });
    const restarted = await restartRenditions(postgres.db);
    expect(restarted.map(({ jobId }) => jobId)).toEqual([job.jobId]);
    expect(restarted[0]?.released).toHaveLength(3);
    for (const index of [0, 1, 2]) {
      expect(await job.task('encode', index)).toMatchObject({ state: 'queued', requires: {}, workerId: null });
    }
    expect((await job.task('package')).state).toBe('blocked');
    const chunks = await postgres.db.chunk.findMany({ where: { jobId: job.jobId } });
    expect(chunks.map(({ state, token, result }) => [state, token, result])).toEqual(
      Array.from({ length: 3 }, () => ['waiting', null, null]),
    );
    const { notes } = await postgres.db.job.findUniqueOrThrow({ where: { id: job.jobId } });
    expect(notes).toEqual([expect.stringMatching(/encoded again from the start/)]);
    const [rendition] = await postgres.db.rendition.findMany({ where: { jobId: job.jobId } });
    expect(rendition?.fingerprint).toBeNull();

    // Once, and what the old encoder still does counts for nothing.
    expect(await restartRenditions(postgres.db)).toEqual([]);
    await expect(completeTask(postgres.db, old, () => Promise.resolve())).rejects.toMatchObject({ code: 'lease_lost' });
    const again = await takes('encode', 0, OTHER);
    expect(again.token).toBe(2);
    for (const index of [1, 2]) await job.finish(await takes('encode', index, OTHER));
    await job.finish(again);
    expect((await job.task('encode', 0)).state).toBe('completed');
  });

  test.each([
    ['in quarantine', () => ({ quarantinedAt: ago(ENCODER_ABSENT_MS + 1_000) })],
    ['silent', () => ({ seenAt: ago(ENCODER_ABSENT_MS + 1_000) })],
    ['stopped', () => ({ stoppedAt: ago(ENCODER_ABSENT_MS + 1_000) })],
    ['serving another class', () => ({ classes: ['light' as const] })],
    ['of another build now', () => ({ capabilities: { build: OTHER.build } })],
  ])('%s is away', async (_, more) => {
    await worker(ONE, more());
    expect(await restartRenditions(postgres.db)).toHaveLength(1);
  });

  test.each([
    ['nobody else is there', () => ({ stoppedAt: new Date() })],
    ['the others could not work for as long either', () => ({ ableSince: ago(ENCODER_ABSENT_MS / 2) })],
    ['the others are silent', () => ({ seenAt: ago(WORKER_SILENT_MS + 1_000) })],
    ['the others are in quarantine', () => ({ quarantinedAt: ago(1_000) })],
    ['the others serve other classes', () => ({ classes: ['light' as const] })],
  ])('nothing happens while %s', async (_, others) => {
    await worker(ONE, { seenAt: ago(ENCODER_ABSENT_MS + 1_000) });
    await worker(OTHER, others());
    expect(await restartRenditions(postgres.db)).toEqual([]);
  });

  test('a second worker with it is enough', async () => {
    await worker(ONE, { seenAt: ago(ENCODER_ABSENT_MS + 1_000) });
    await worker({ ...ONE, workerId: 'a second' });
    expect(await restartRenditions(postgres.db)).toEqual([]);
  });
});

test('a job with nothing to lose does not wait', async () => {
  await worker(OTHER);
  await worker(ONE, { stoppedAt: new Date() });
  const claim = await takes('encode', 0);
  expect(await restartRenditions(postgres.db)).toEqual([]);
  await postgres.db.task.update({
    where: { id: claim.task.id },
    data: { state: 'queued', leaseUntil: null, workerId: null },
  });
  expect(await restartRenditions(postgres.db)).toHaveLength(1);
  await takes('encode', 2, OTHER);
});

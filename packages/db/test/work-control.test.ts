import type { WorkScope } from '@transcode/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beatWorker, enlistWorker, liftControl, retireWorker, setControl, type Worker } from '../src/index.ts';
import { planJob, type PlannedJob } from './planned-job.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;
let job: PlannedJob;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(async () => {
  await postgres.db.workControl.deleteMany();
  job = await planJob(postgres, { chunks: 1 });
});
afterAll(() => postgres.stop());

describe('what operators have stopped is not claimed', () => {
  test.each<[WorkScope, 'paused' | 'draining']>([
    ['all', 'paused'],
    ['all', 'draining'],
    ['class:cpu', 'paused'],
    ['worker:one', 'draining'],
  ])('%s %s', async (scope, state) => {
    await setControl(postgres.db, { scope, state, by: 'an operator' });
    expect(await job.take('encode', 0, { workerId: 'one' })).toBeUndefined();
    expect(await job.task('encode')).toMatchObject({ state: 'queued', token: 0, requires: {} });
    expect(await liftControl(postgres.db, scope)).toBe(true);
    expect(await liftControl(postgres.db, scope)).toBe(false);
    expect(await job.take('encode', 0, { workerId: 'one' })).toBeDefined();
  });

  test.each<WorkScope>(['class:light', 'worker:another', 'worker:on', 'worker:one more'])(
    '%s is somebody else',
    async (scope) => {
      await setControl(postgres.db, { scope, state: 'paused', by: 'an operator' });
      expect(await job.take('encode', 0, { workerId: 'one' })).toBeDefined();
    },
  );

  test('nothing slips through once a pause was answered', async () => {
    const tasks = await planJob(postgres, { chunks: 40 });
    let paused = false;
    const claims = Array.from({ length: 40 }, async (_, index) => {
      if (index > 10) await new Promise((resolve) => setTimeout(resolve, index));
      const afterwards = paused;
      return { afterwards, claimed: (await tasks.take('encode', index)) !== undefined };
    });
    await setControl(postgres.db, { scope: 'all', state: 'paused', by: 'an operator' });
    paused = true;
    const late = (await Promise.all(claims)).filter(({ afterwards }) => afterwards);
    const last = await tasks.take('encode', 39);
    expect([last, ...late.filter(({ claimed }) => claimed)]).toEqual([undefined]);
  });
});

const row = (): Promise<Worker> => postgres.db.worker.findUniqueOrThrow({ where: { id: 'one' } });
const beat = (quarantine?: { reason: string; leftMs: number }) => beatWorker(postgres.db, { id: 'one', quarantine });

describe('a heartbeat', () => {
  const capabilities = { ffmpeg: 'an ffmpeg', build: 'x', cores: 2, slots: { cpu: 1, light: 2 }, walls: [] };
  const one = { id: 'one', host: 'here', pid: 1, version: '0', capabilities };

  test('brings what operators want, and how long they have wanted it', async () => {
    await enlistWorker(postgres.db, { ...one, classes: ['cpu'] });
    expect(await beat()).toEqual([]);
    await setControl(postgres.db, { scope: 'class:cpu', state: 'draining', by: 'an operator' });
    await postgres.db.$executeRaw`UPDATE "WorkControl" SET "at" = now() - interval '20 seconds'`;
    const [control] = await beat();
    expect(control).toMatchObject({ scope: 'class:cpu', state: 'draining' });
    // Less what rounding to a millisecond may take.
    expect(control?.ageMs).toBeGreaterThan(19_999);
  });

  test('tells of a quarantine while it lasts, and that the worker is able again afterwards', async () => {
    await enlistWorker(postgres.db, { ...one, classes: ['cpu', 'light'] });
    expect(await row()).toMatchObject({ classes: ['cpu', 'light'], quarantinedAt: null, stoppedAt: null });
    const { ableSince } = await row();
    await beat({ reason: 'S3 is away', leftMs: 5_000 });
    const begun = await row();
    expect(begun).toMatchObject({ quarantineReason: 'S3 is away', ableSince });
    await beat({ reason: 'S3 is still away', leftMs: 10_000 });
    const later = await row();
    expect(later).toMatchObject({ quarantineReason: 'S3 is still away', quarantinedAt: begun.quarantinedAt });
    expect(later.quarantinedUntil?.getTime()).toBeGreaterThan(begun.quarantinedUntil?.getTime() ?? Infinity);
    await beat();
    const well = await row();
    expect(well).toMatchObject({ quarantineReason: null, quarantinedAt: null, quarantinedUntil: null });
    expect(well.ableSince.getTime()).toBeGreaterThan(ableSince.getTime());
    await retireWorker(postgres.db, 'one');
    expect((await row()).stoppedAt).not.toBeNull();
  });
});

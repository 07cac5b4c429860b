import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enlistWorker, sampleOutput, writeWorkerSample } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

const CONDITION = {
  ...{ cpuCores: 1.5, memoryBytes: 2e9, loadAverage: 1.2, machineUsedBytes: 5e9, machineTotalBytes: 16e9 },
  ...{ scratchFreeBytes: 3e9, scratchTotalBytes: 4e9, slotsUsed: 1 },
};
const GPU = {
  ...{ index: 0, uuid: 'GPU-1', name: 'A GPU', utilisation: 1, encoder: null, decoder: null, memoryUsedBytes: null },
  ...{ memoryTotalBytes: null, celsius: null, watts: null, wattsLimit: null, encoderSessions: null },
};

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

test('a worker that writes twice in one millisecond is kept once, and goes on', async () => {
  const { db } = postgres;
  await enlistWorker(db, {
    id: 'one',
    host: 'here',
    pid: 1,
    classes: ['cpu'],
    version: '1',
    capabilities: { ffmpeg: 'ffmpeg', build: 'x', cores: 1, slots: {}, walls: [] },
  });
  const sample = { worker: CONDITION, machine: { gpus: [GPU, GPU] } };
  // One transaction has one moment.
  await db.$transaction(async (tx) => {
    await writeWorkerSample(tx, 'one', sample);
    await writeWorkerSample(tx, 'one', { ...sample, worker: { ...CONDITION, slotsUsed: 0 } });
  });
  expect(await db.workerSample.findMany({ select: { slotsUsed: true } })).toEqual([{ slotsUsed: 1 }]);
  expect(await db.gpuSample.count()).toBe(1);
  await writeWorkerSample(db, 'one', sample);
  expect(await db.workerSample.count()).toBe(2);
});

test('a video that becomes ready in the millisecond of a sample is counted once', async () => {
  const { db } = postgres;
  const { video } = await postgres.begin();
  for (let times = 1; times <= 20; times += 1) {
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE "Video" SET "readyAt" = now() WHERE "id" = ${video.id}::uuid`;
      await sampleOutput(tx, { atMostMs: 60_000 });
    });
    await sleep(3);
    await sampleOutput(db, { atMostMs: 60_000 });
    const { _sum: sum } = await db.outputSample.aggregate({ _sum: { videos: true } });
    expect(sum.videos).toBe(times);
  }
});

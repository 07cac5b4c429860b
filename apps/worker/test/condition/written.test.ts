import { createDatabase, type Database } from '@transcode/db';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { killWorkerProcesses, startWorkerProcess } from '../worker-process.ts';
import { H100_LINE, nvidiaSmiStandIn } from '@transcode/testing';

let stack: Stack;
let db: Database;

beforeAll(async () => {
  stack = await startStack();
  db = createDatabase(stack.databaseUrl, { poolSize: 2 });
});
afterEach(killWorkerProcesses);
afterAll(async () => {
  await db.$disconnect();
  await stack.dispose();
});

test('a worker writes how it is and how its machine’s GPU is, here a stand-in', async () => {
  const { id } = await startWorkerProcess(stack, { nvidiaSmi: await nvidiaSmiStandIn(`echo "${H100_LINE}"`) });
  await waitFor(async () => (await db.workerSample.count({ where: { workerId: id } })) > 0);
  const sample = await db.workerSample.findFirstOrThrow({ where: { workerId: id } });
  expect(sample.slotsUsed).toBe(0);
  // Node alone has tens of MiB, and has used a processor to start.
  expect(Number(sample.memoryBytes)).toBeGreaterThan(30e6);
  expect(sample.machineTotalBytes).toBeGreaterThan(sample.memoryBytes);
  expect(sample.cpuCores).toBeGreaterThan(0);
  expect(sample.scratchFreeBytes).toBeLessThanOrEqual(sample.scratchTotalBytes);
  const gpus = await db.gpuSample.findMany({ where: { workerId: id } });
  expect(gpus[0]).toMatchObject({ name: 'NVIDIA H100 80GB HBM3', decoder: 12, memoryUsedBytes: 1045n * 1024n ** 2n });
  const { capabilities, gpuAbsence } = await db.worker.findUniqueOrThrow({ where: { id } });
  expect(capabilities).toMatchObject({ slots: { cpu: 1, light: 2 } });
  expect(gpuAbsence).toBeNull();
});

test('without a GPU it writes why, and no figure', async () => {
  const { id } = await startWorkerProcess(stack);
  const worker = () => db.worker.findUniqueOrThrow({ where: { id } });
  await waitFor(async () => (await worker()).gpuAbsence !== null);
  expect((await worker()).gpuAbsence).toContain('there is no nvidia-smi');
  expect(await db.gpuSample.count({ where: { workerId: id } })).toBe(0);
});

import { randomUUID } from 'node:crypto';
import { writeWorkerSample, type GpuConditions, type Prisma, type Task, type Worker } from '@transcode/db';
import type { Installation } from './installation.ts';
import { addJob, addVideo } from './videos.ts';

/** A worker's row, as a living one keeps it. */
export function addWorker(here: Installation, data: Partial<Prisma.WorkerCreateInput> = {}): Promise<Worker> {
  const capabilities = {
    ffmpeg: 'ffmpeg version 9.0.2\nconfiguration: --enable-gpl',
    build: 'x',
    cores: 8,
    walls: ['namespace'],
    slots: { cpu: 1, light: 2 },
  };
  return here.db.worker.create({
    data: { id: randomUUID(), host: 'here', pid: 1, classes: ['cpu', 'light'], version: '0', capabilities, ...data },
  });
}

export async function addRunningTask(here: Installation, workerId: string): Promise<Task> {
  const job = await addJob(here, await addVideo(here), { state: 'running' });
  const lease = { leaseUntil: new Date(Date.now() + 60_000), startedAt: new Date(), token: 1, workerId };
  const progress = { fraction: 0.5, fps: 25 };
  return here.db.task.create({
    data: { jobId: job.id, stage: 'encode', class: 'cpu', state: 'running', progress, ...lease },
  });
}

export const GPU_UUID = 'GPU-6c1f9a0e-7c44-2d0b-9f52-5f1c7cb7a8e1';
const GPU = {
  ...{ index: 0, uuid: GPU_UUID, name: 'Tesla T4', utilisation: 63, encoder: 41, decoder: null },
  ...{ memoryUsedBytes: 1e9, memoryTotalBytes: 16e9, celsius: 51, watts: 44.5, wattsLimit: 70, encoderSessions: 2 },
};

/** How a worker says it is, and with it its machine's GPU. */
export async function addSamples(
  here: Installation,
  workerId: string,
  machine: GpuConditions = { gpus: [GPU] },
): Promise<void> {
  const worker = {
    ...{ cpuCores: 1.5, memoryBytes: 2e9, loadAverage: 1.2, machineUsedBytes: 5e9, machineTotalBytes: 16e9 },
    ...{ scratchFreeBytes: 3e9, scratchTotalBytes: 4e9, slotsUsed: 1 },
  };
  await writeWorkerSample(here.db, workerId, { worker, machine });
}

import { randomUUID } from 'node:crypto';
import type { Prisma, Task, Worker } from '@transcode/db';
import type { Installation } from './installation.ts';
import { addJob, addVideo } from './videos.ts';

/** A worker's row, as a living one keeps it. */
export function addWorker(here: Installation, data: Partial<Prisma.WorkerCreateInput> = {}): Promise<Worker> {
  const capabilities = { ffmpeg: 'ffmpeg version 9.0.2\nconfiguration: --enable-gpl', build: 'x' };
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

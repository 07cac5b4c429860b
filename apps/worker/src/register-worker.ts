import { hostname } from 'node:os';
import { WORKER_HEARTBEAT_MS, type TaskClass } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';
import { buildHash } from './build-hash.ts';

export interface Registration {
  stop(): Promise<void>;
}

/** Writes that this worker lives, now and every WORKER_HEARTBEAT_MS, and at the end that it has stopped. */
export async function registerWorker(
  db: Database,
  {
    id,
    classes,
    version,
    build,
    log,
  }: { id: string; classes: TaskClass[]; version: string; build: string; log: Logger },
): Promise<Registration> {
  const seen = {
    host: hostname(),
    pid: process.pid,
    classes,
    version,
    capabilities: { ffmpeg: build, build: buildHash(build) },
  };
  const now = new Date();
  const able = { ableSince: now, quarantinedAt: null, quarantinedUntil: null, quarantineReason: null };
  await db.worker.upsert({
    where: { id },
    create: { id, ...seen },
    update: { ...seen, startedAt: now, seenAt: now, stoppedAt: null, ...able },
  });
  const beat = async (): Promise<void> => {
    try {
      await db.worker.update({ where: { id }, data: { seenAt: new Date(), stoppedAt: null } });
    } catch (error) {
      log.warn({ err: error }, 'The heartbeat could not be written');
    }
  };
  const timer = setInterval(() => void beat(), WORKER_HEARTBEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await db.worker.update({ where: { id }, data: { stoppedAt: new Date() } });
    },
  };
}

import { availableParallelism, hostname } from 'node:os';
import { WORKER_HEARTBEAT_MS, type TaskClass, type Wall } from '@transcode/contracts';
import {
  beatWorker,
  enlistWorker,
  retireWorker,
  type Control,
  type Database,
  type QuarantineState,
} from '@transcode/db';
import type { Logger } from '@transcode/telemetry';
import { buildHash } from './build-hash.ts';

interface RegisteredWorker {
  readonly id: string;
  readonly classes: TaskClass[];
  readonly version: string;
  readonly build: string;
  /** Tasks at the same time, of each class. */
  readonly slots: Partial<Record<TaskClass, number>>;
  readonly walls: readonly Wall[];
  readonly log: Logger;
  readonly quarantine: () => QuarantineState | undefined;
  /** What operators want, with every heartbeat. */
  readonly heed: (controls: readonly Control[]) => void;
}

export interface Registration {
  /** A heartbeat now, as something has changed. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/** Writes that this worker lives and how it is, now and every WORKER_HEARTBEAT_MS, and at the end that it has stopped. */
export async function registerWorker(db: Database, worker: RegisteredWorker): Promise<Registration> {
  const { id, classes, version, build, slots, walls, log } = worker;
  const capabilities = { ffmpeg: build, build: buildHash(build), cores: availableParallelism(), slots, walls };
  const replaced = await enlistWorker(db, { id, host: hostname(), pid: process.pid, classes, version, capabilities });
  if (replaced !== undefined) {
    const about = { replaced_pid: replaced.pid, seen_at: replaced.seenAt.toISOString() };
    log.warn(about, `The worker ${id} was started anew: its process before, ${replaced.pid}, went without a word`);
  }
  worker.heed(await beatWorker(db, { id, quarantine: undefined }));

  let last = Promise.resolve();
  let waiting = 0;
  const beatOnce = async (): Promise<void> => {
    try {
      worker.heed(await beatWorker(db, { id, quarantine: worker.quarantine() }));
    } catch (error) {
      // Until it can be asked again, what operators wanted last holds.
      log.warn({ err: error }, 'The heartbeat could not be written');
    }
  };
  /** One after the other, so that an older state never overwrites a newer one; not more than one waits. */
  const beat = (): Promise<void> => {
    if (waiting > 1) return last;
    waiting += 1;
    last = last.then(beatOnce).finally(() => (waiting -= 1));
    return last;
  };
  const timer = setInterval(() => void beat(), WORKER_HEARTBEAT_MS);
  return {
    beat,
    stop: async () => {
      clearInterval(timer);
      await last;
      await retireWorker(db, id);
    },
  };
}

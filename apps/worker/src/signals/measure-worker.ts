import type { TaskClass } from '@transcode/contracts';
import { measurePool, type Database } from '@transcode/db';
import { diskRoom } from '@transcode/storage';
import { measure, measureBuild, type Metrics } from '@transcode/telemetry';

interface Measured {
  readonly version: string;
  /** All that its ffmpeg says of itself. */
  readonly build: string;
  readonly slots: readonly (readonly [TaskClass, number])[];
  readonly db: Database;
  readonly scratch: { readonly folder: string; readonly reserveBytes: number | undefined };
  readonly isQuarantined: () => boolean;
}

/** Measures what holds for as long as the worker runs, and has looked up before each scrape what nothing tells by itself. */
export function measureWorker(metrics: Metrics, { version, build, slots, db, scratch, isQuarantined }: Measured): void {
  const [ffmpeg = ''] = /\S+/.exec(build.replace(/^ffmpeg version /, '')) ?? [];
  measureBuild({ component: 'worker', version, ffmpeg });
  for (const [taskClass, count] of slots) {
    measure.set('workerSlots', { class: taskClass }, count);
    measure.set('tasksRunning', { class: taskClass }, 0);
  }
  metrics.beforeScrape({
    at: () => {
      measurePool(db);
      measure.set('workerQuarantined', {}, Number(isQuarantined()));
    },
    tells: [],
  });
  metrics.beforeScrape({
    at: async () => {
      const { freeBytes, reserveBytes } = await diskRoom(scratch.folder, scratch.reserveBytes);
      measure.set('scratchFreeBytes', {}, Math.max(0, freeBytes - reserveBytes));
    },
    tells: ['scratchFreeBytes'],
  });
}

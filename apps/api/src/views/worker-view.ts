import {
  SAMPLE_STALE_MS,
  scopesOf,
  TaskClass,
  WORKER_SILENT_MS,
  type ControlView,
  type WorkerState,
  type WorkerView,
} from '@transcode/contracts';
import { taskProgress } from '@transcode/db';
import type { Job, Task, Video, WorkControl, Worker, WorkerSample } from '@transcode/db';
import * as z from 'zod';
import { workerSampleView } from './worker-sample-view.ts';

const Capabilities = z.object({
  ffmpeg: z.string().catch(''),
  cores: z.int().nullable().catch(null),
  slots: z.partialRecord(TaskClass, z.int()).catch({}),
});

/** What a task needs to be shown with its worker. */
export const RUNNING_TASK_ROWS = {
  job: { select: { videoId: true, video: { select: { title: true } } } },
} as const;
export type RunningTask = Task & { job: Pick<Job, 'videoId'> & { video: Pick<Video, 'title'> } };

interface Surroundings {
  readonly controls: readonly WorkControl[];
  readonly tasks: readonly RunningTask[];
  /** The last of each worker. */
  readonly samples: readonly WorkerSample[];
}

export function controlView({ scope, state, by, at }: WorkControl): ControlView {
  return { scope, state, by, at: at.toISOString() };
}

/** Everything that its ffmpeg said of itself. */
export function ffmpegBuildOf(worker: Worker): string {
  return Capabilities.parse(worker.capabilities).ffmpeg;
}

export function workerView(worker: Worker, { controls, tasks, samples }: Surroundings): WorkerView {
  const { id, host, version, classes, quarantinedAt, quarantinedUntil, quarantineReason } = worker;
  const scopes = new Set<string>(classes.flatMap((taskClass) => scopesOf(id, taskClass)));
  const { ffmpeg, cores, slots } = Capabilities.parse(worker.capabilities);
  const own = tasks.filter(({ workerId }) => workerId === id);
  const sample = samples.find(({ workerId, at }) => workerId === id && at.getTime() > Date.now() - SAMPLE_STALE_MS);
  return {
    ...{ id, host, version, ffmpeg: ffmpeg.split('\n')[0] ?? '', classes, cores },
    slots: classes.map((taskClass) => ({
      class: taskClass,
      used: own.filter((task) => task.class === taskClass).length,
      total: slots[taskClass] ?? 1,
    })),
    sample: sample === undefined ? null : workerSampleView(sample),
    state: workerState(worker, controls),
    startedAt: worker.startedAt.toISOString(),
    seenAt: worker.seenAt.toISOString(),
    stoppedAt: worker.stoppedAt?.toISOString() ?? null,
    quarantine:
      quarantinedAt === null || quarantinedUntil === null
        ? null
        : {
            reason: quarantineReason ?? '',
            since: quarantinedAt.toISOString(),
            until: quarantinedUntil.toISOString(),
          },
    controls: controls.filter(({ scope }) => scopes.has(scope)).map(controlView),
    tasks: own.map(workerTask),
  };
}

/** It is paused where every class it serves is, and draining where one of what stops it drains. */
export function workerState(worker: Worker, controls: readonly WorkControl[]): WorkerState {
  const isSilent = worker.seenAt.getTime() < Date.now() - WORKER_SILENT_MS;
  if (worker.stoppedAt !== null || isSilent) return 'stopped';
  if (worker.quarantinedAt !== null) return 'quarantined';
  const perClass = worker.classes.map((taskClass) => {
    const scopes: readonly string[] = scopesOf(worker.id, taskClass);
    return controls.filter(({ scope }) => scopes.includes(scope));
  });
  if (perClass.some((each) => each.length === 0)) return 'active';
  return perClass.flat().some(({ state }) => state === 'draining') ? 'draining' : 'paused';
}

export function workerTask(task: RunningTask): WorkerView['tasks'][number] {
  const { id, jobId, stage, index, class: taskClass, startedAt, job } = task;
  return {
    ...{ id, jobId, videoId: job.videoId, videoTitle: job.video.title, stage, index, class: taskClass },
    startedAt: startedAt?.toISOString() ?? null,
    progress: taskProgress(task),
  };
}

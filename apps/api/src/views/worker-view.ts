import {
  SAMPLE_STALE_MS,
  scopesOf,
  TaskClass,
  Wall,
  WORKER_LISTED_MS,
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
  build: z.string().catch(''),
  cores: z.int().nullable().catch(null),
  slots: z.partialRecord(TaskClass, z.int()).catch({}),
  walls: z.array(Wall).nullable().catch(null),
});

/** Tasks of a class that it takes at the same time. */
export function slotsOf({ capabilities }: Pick<Worker, 'capabilities'>, taskClass: TaskClass): number {
  return Capabilities.parse(capabilities).slots[taskClass] ?? 1;
}

/** What a task needs to be shown with its worker. */
export const RUNNING_TASK_ROWS = {
  job: { select: { workspaceId: true, videoId: true, video: { select: { title: true } } } },
} as const;
export type RunningTask = Task & { job: Pick<Job, 'workspaceId' | 'videoId'> & { video: Pick<Video, 'title'> } };

interface Surroundings {
  readonly controls: readonly WorkControl[];
  readonly tasks: readonly RunningTask[];
  /** The last of each worker. */
  readonly samples: readonly WorkerSample[];
  /** All that may be there in the place of one that is gone. */
  readonly others: readonly Worker[];
  /** Of which tasks whoever asks may see more than that a slot is taken. */
  readonly mayName: (task: RunningTask) => boolean;
}

export function controlView({ scope, state, by, at }: WorkControl): ControlView {
  return { scope, state, by, at: at.toISOString() };
}

/** Everything that its ffmpeg said of itself. */
export function ffmpegBuildOf(worker: Worker): string {
  return Capabilities.parse(worker.capabilities).ffmpeg;
}

/** Names that build, as `Task.requires` does. */
export function buildOf(worker: Worker): string {
  return Capabilities.parse(worker.capabilities).build;
}

export function workerView(worker: Worker, { controls, tasks, samples, others, mayName }: Surroundings): WorkerView {
  const { id, host, version, classes, quarantinedAt, quarantinedUntil, quarantineReason } = worker;
  const scopes = new Set<string>(classes.flatMap((taskClass) => scopesOf(id, taskClass)));
  const { ffmpeg, cores, slots, walls } = Capabilities.parse(worker.capabilities);
  const own = tasks.filter(({ workerId }) => workerId === id);
  const sample = samples.find(({ workerId, at }) => workerId === id && at.getTime() > Date.now() - SAMPLE_STALE_MS);
  return {
    ...{ id, host, version, ffmpeg: ffmpeg.split('\n')[0] ?? '', walls, classes, cores },
    slots: classes.map((taskClass) => ({
      class: taskClass,
      used: own.filter((task) => task.class === taskClass).length,
      total: slots[taskClass] ?? 1,
    })),
    sample: sample === undefined ? null : workerSampleView(sample),
    state: shownState(worker, controls, own.length > 0),
    startedAt: worker.startedAt.toISOString(),
    seenAt: worker.seenAt.toISOString(),
    stoppedAt: worker.lostAt === null ? (worker.stoppedAt?.toISOString() ?? null) : null,
    gone: goneOf(worker, others),
    restarted: restartedOf(worker),
    quarantine:
      quarantinedAt === null || quarantinedUntil === null
        ? null
        : {
            reason: quarantineReason ?? '',
            since: quarantinedAt.toISOString(),
            until: quarantinedUntil.toISOString(),
          },
    controls: controls.filter(({ scope }) => scopes.has(scope)).map(controlView),
    tasks: own.filter(mayName).map(workerTask),
  };
}

/** Where it drains, whether it still has something to end. */
export function shownState(worker: Worker, controls: readonly WorkControl[], isBusy: boolean): WorkerState {
  const state = workerState(worker, controls);
  return state === 'draining' && !isBusy ? 'drained' : state;
}

function isSilent({ seenAt }: Worker): boolean {
  return seenAt.getTime() < Date.now() - WORKER_SILENT_MS;
}

function isGone(worker: Worker): boolean {
  return worker.lostAt !== null || (worker.stoppedAt === null && isSilent(worker));
}

function goneOf(worker: Worker, others: readonly Worker[]): WorkerView['gone'] {
  if (!isGone(worker)) return null;
  const { id, host, seenAt, lostAt } = worker;
  const [next] = others
    .filter((other) => other.id !== id && other.host === host && other.startedAt > seenAt)
    .toSorted((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
  return {
    since: seenAt.toISOString(),
    silentSeconds: Math.round(((lostAt ?? new Date()).getTime() - seenAt.getTime()) / 1000),
    successor: next?.id ?? null,
  };
}

/** Remembered for as long as one that left. */
function restartedOf({ startedAt, replacedPid, replacedSeenAt }: Worker): WorkerView['restarted'] {
  if (replacedPid === null || replacedSeenAt === null) return null;
  if (startedAt.getTime() < Date.now() - WORKER_LISTED_MS) return null;
  return { at: startedAt.toISOString(), pidBefore: replacedPid, seenBefore: replacedSeenAt.toISOString() };
}

/** It is paused where every class it serves is, and draining where one of what stops it drains. */
export function workerState(worker: Worker, controls: readonly WorkControl[]): WorkerState {
  if (isGone(worker)) return 'gone';
  if (worker.stoppedAt !== null) return 'stopped';
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

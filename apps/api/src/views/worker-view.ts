import { scopesOf, WORKER_SILENT_MS, type ControlView, type WorkerState, type WorkerView } from '@transcode/contracts';
import type { Job, Task, WorkControl, Worker } from '@transcode/db';
import * as z from 'zod';
import { taskProgress } from './task-fraction.ts';

const Capabilities = z.object({ ffmpeg: z.string() }).catch({ ffmpeg: '' });

export type RunningTask = Task & { job: Pick<Job, 'videoId'> };

export function controlView({ scope, state, by, at }: WorkControl): ControlView {
  return { scope, state, by, at: at.toISOString() };
}

export function workerView(
  worker: Worker,
  { controls, tasks }: { controls: readonly WorkControl[]; tasks: readonly RunningTask[] },
): WorkerView {
  const { id, host, version, classes, quarantinedAt, quarantinedUntil, quarantineReason } = worker;
  const scopes = new Set<string>(classes.flatMap((taskClass) => scopesOf(id, taskClass)));
  const [ffmpeg = ''] = Capabilities.parse(worker.capabilities).ffmpeg.split('\n');
  return {
    ...{ id, host, version, ffmpeg, classes },
    state: stateOf(worker, controls),
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
    tasks: tasks.filter(({ workerId }) => workerId === id).map(taskOf),
  };
}

/** It is paused where every class it serves is, and draining where one of what stops it drains. */
function stateOf(worker: Worker, controls: readonly WorkControl[]): WorkerState {
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

function taskOf(task: RunningTask): WorkerView['tasks'][number] {
  const { id, jobId, stage, index, startedAt, job } = task;
  return {
    ...{ id, jobId, videoId: job.videoId, stage, index },
    startedAt: startedAt?.toISOString() ?? null,
    progress: taskProgress(task),
  };
}

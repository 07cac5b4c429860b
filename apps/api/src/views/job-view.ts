import { Plan } from '@transcode/contracts';
import type { JobDetail, JobView, Role, TaskView } from '@transcode/contracts';
import { jobFraction, taskProgress } from '@transcode/db';
import { commandLines } from '@transcode/planner';
import { failureView } from './failure-view.ts';
import type { JobRow } from './video-rows.ts';

const StoredPlan = Plan.nullable().catch(null);

/** A plan of an older version is history: it is not shown, and nothing is computed from it. */
export function readPlan(stored: unknown): Plan | null {
  return StoredPlan.parse(stored);
}

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Whoever asks. */
interface Asking {
  readonly role: Role;
}

function taskView(task: JobRow['tasks'][number], asking: Asking): TaskView {
  return {
    id: task.id,
    stage: task.stage,
    index: task.index,
    class: task.class,
    state: task.state,
    attempts: task.attempts,
    infraAttempts: task.infraAttempts,
    worker: task.workerId,
    queuedAt: time(task.queuedAt),
    startedAt: time(task.startedAt),
    endedAt: time(task.endedAt),
    progress: taskProgress(task),
    failure: failureView(task, asking),
  };
}

function jobView(job: JobRow, plan: Plan | null, asking: Asking): JobView {
  return {
    id: job.id,
    videoId: job.videoId,
    videoTitle: job.video.title,
    preset: job.preset,
    priority: job.priority,
    state: job.state,
    createdAt: job.createdAt.toISOString(),
    startedAt: time(job.startedAt),
    endedAt: time(job.endedAt),
    fraction: jobFraction(job, plan),
    failure: failureView(job, asking),
  };
}

export function jobDetail(job: JobRow, asking: Asking): JobDetail {
  const plan = readPlan(job.plan);
  return {
    ...jobView(job, plan, asking),
    tasks: job.tasks.map((task) => taskView(task, asking)),
    plan,
    commands: plan === null ? [] : commandLines(plan),
    notes: job.notes,
  };
}

import { ERRORS, isErrorCode, Plan, resolutionOf } from '@transcode/contracts';
import type { ClaimedTask } from '@transcode/db';
import { measure } from '@transcode/telemetry';
import type { TaskEnd } from '../settle-task.ts';

export function measureBegun({ task }: ClaimedTask): void {
  const { class: taskClass, priority, queuedAt, startedAt } = task;
  measure.add('tasksRunning', { class: taskClass }, 1);
  if (queuedAt === null || startedAt === null) return;
  const waited = Math.max(0, startedAt.getTime() - queuedAt.getTime()) / 1000;
  measure.observe('taskQueueSeconds', { class: taskClass, priority }, waited);
}

export function measureEnded({ task }: ClaimedTask, { outcome }: TaskEnd, seconds: number): void {
  const { stage } = task;
  measure.add('tasksRunning', { class: task.class }, -1);
  measure.count('tasksEndedTotal', { stage, outcome });
  measure.observe('taskSeconds', { stage }, seconds);
}

/** What only follows a video that is ready, or erases one, is no job that anybody waits for. */
export function measureCompletedJob({ task, job }: ClaimedTask): void {
  if (task.stage !== 'publish') return;
  const { reference } = Plan.parse(job.plan);
  measure.count('jobsEndedTotal', { outcome: 'completed', cause: 'none' });
  measure.observe('jobSeconds', { resolution: resolutionOf(reference) }, (Date.now() - job.createdAt.getTime()) / 1000);
}

/** A task failed; `endsJob` where its job did with it. */
export function measureFailure(code: string, endsJob: boolean): void {
  const known = isErrorCode(code) ? code : 'internal';
  measure.count('errorsTotal', { component: 'task', code: known });
  if (endsJob) measure.count('jobsEndedTotal', { outcome: 'failed', cause: ERRORS[known].blame });
}

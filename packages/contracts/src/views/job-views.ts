import * as z from 'zod';
import { DeedView } from './deed-view.ts';
import { Progress } from '../events.ts';
import { FailureView } from './failure-view.ts';
import { Outlook } from '../work/outlook.ts';
import { Plan } from '../media/plan.ts';
import { Stage, TaskClass } from '../work/stages.ts';
import { AttemptOutcome, JobState, Priority, TaskState } from '../work/states.ts';
import { Time } from '../time.ts';

export const TaskView = z.object({
  id: z.uuid(),
  stage: Stage,
  index: z.int(),
  class: TaskClass,
  state: TaskState,
  attempts: z.int(),
  infraAttempts: z.int(),
  worker: z.string().nullable(),
  /** Since when it waits, or waited for who had it last. */
  queuedAt: Time.nullable(),
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  progress: Progress.nullable(),
  failure: FailureView.nullable(),
});
export type TaskView = z.infer<typeof TaskView>;

export const JobView = z.object({
  id: z.uuid(),
  videoId: z.uuid(),
  videoTitle: z.string(),
  preset: z.string(),
  priority: Priority,
  state: JobState,
  createdAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  fraction: z.number(),
  failure: FailureView.nullable(),
});
export type JobView = z.infer<typeof JobView>;

/** How far a job is. */
export const JobStanding = z.object({
  /** 0..1 */
  fraction: z.number(),
  /** The strip: neighbouring chunks as one where they are many. Empty while there is no plan, and once all is done. */
  cells: z.array(z.object({ state: TaskState, fraction: z.number(), takenOver: z.boolean(), frames: z.number() })),
});
export type JobStanding = z.infer<typeof JobStanding>;

/** A job in a list. Of its failure it has no tail, and of its picture only how far it is. */
export const JobItem = JobView.extend({
  ...JobStanding.shape,
  /** When its video will be ready; null once it has ended. */
  outlook: Outlook.nullable(),
});
export type JobItem = z.infer<typeof JobItem>;

/** What became of some jobs at once. */
export const BulkOutcome = z.object({
  /** How many it was done to, or would be. */
  count: z.int(),
  /** Those that had gone on meanwhile, so that it meant nothing for them any more. */
  skipped: z.int(),
  /** There are more than were counted. */
  more: z.boolean(),
  /** Not all were reached: ask again with it. */
  nextCursor: z.uuid().nullable(),
});
export type BulkOutcome = z.infer<typeof BulkOutcome>;

export const JobDetail = JobView.extend({
  tasks: z.array(TaskView),
  plan: Plan.nullable(),
  /** The exact ffmpeg commands of the plan, one string a process, shell-quoted. */
  commands: z.array(z.object({ title: z.string(), command: z.string() })),
  notes: z.array(z.string()),
});
export type JobDetail = z.infer<typeof JobDetail>;

/** One claim of a task by a worker, from its begin to its end. */
export const AttemptView = z.object({
  taskId: z.uuid(),
  stage: Stage,
  index: z.int(),
  /** Counts the claims of the task. */
  token: z.int(),
  worker: z.string(),
  /** Since when the task had waited for it. */
  queuedAt: Time.nullable(),
  startedAt: Time,
  /** Absent while it goes on. */
  endedAt: Time.nullable(),
  outcome: AttemptOutcome.nullable(),
  failure: FailureView.nullable(),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** What tasks of a job that are queued wait for. */
export const WaitReason = z.object({
  kind: z.enum([
    'stopped',
    'no_worker',
    'workers_stopped',
    'quarantined',
    'backoff',
    'encoder',
    'behind',
    'busy',
    'next',
  ]),
  class: TaskClass,
  /** Tasks of this job that wait for it. */
  tasks: z.int(),
  sentence: z.string(),
  /** When it began, or, of a pause after a failure, when it ends. */
  at: Time.nullable(),
});
export type WaitReason = z.infer<typeof WaitReason>;

export const JobPage = JobDetail.extend({
  attempts: z.array(AttemptView),
  /** What people did to it, oldest first: who started it again, moved it or canceled it. */
  deeds: z.array(DeedView),
  /** When its video will be ready; null once it has ended. */
  outlook: Outlook.nullable(),
  /** Empty where nothing of it waits that could be worked on. */
  waiting: z.array(WaitReason),
  /** Where its work was traced, for who runs the machines; `url` where it is known who shows traces. */
  trace: z.object({ id: z.string(), url: z.url().nullable() }).nullable(),
});
export type JobPage = z.infer<typeof JobPage>;

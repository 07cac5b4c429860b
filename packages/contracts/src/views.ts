import * as z from 'zod';
import { Progress } from './events.ts';
import { Plan } from './plan.ts';
import { Preset } from './preset.ts';
import { Probe } from './probe.ts';
import { Quality } from './quality.ts';
import { Role } from './role.ts';
import { Stage, TaskClass } from './stages.ts';
import {
  AttemptOutcome,
  ControlState,
  JobState,
  MediaKind,
  Priority,
  TaskState,
  UploadState,
  VideoState,
  WorkerState,
} from './states.ts';

/** What the API shows of each thing, for REST and tRPC alike. Times are ISO 8601 in UTC. */

const Time = z.iso.datetime();

export const FailureView = z.object({ code: z.string(), sentence: z.string(), tail: z.string().nullable() });
export type FailureView = z.infer<typeof FailureView>;

export const VideoView = z.object({
  id: z.uuid(),
  workspaceId: z.uuid(),
  title: z.string(),
  state: VideoState,
  bytes: z.int(),
  preset: z.string(),
  createdAt: Time,
  readyAt: Time.nullable(),
  durationSeconds: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** 0..1 over the whole journey. */
  fraction: z.number(),
  posterUrl: z.string().nullable(),
  playbackUrl: z.string().nullable(),
  uploadId: z.string().nullable(),
  uploadOffset: z.int().nullable(),
  jobId: z.uuid().nullable(),
  failure: FailureView.nullable(),
  /** The strip: one entry a chunk, in order. */
  chunks: z.array(z.object({ state: TaskState, fraction: z.number(), takenOver: z.boolean(), seconds: z.number() })),
});
export type VideoView = z.infer<typeof VideoView>;

export const RenditionView = z.object({
  name: z.string(),
  kind: MediaKind,
  width: z.int().nullable(),
  height: z.int().nullable(),
  language: z.string().nullable(),
  label: z.string().nullable(),
  codec: z.string().nullable(),
  /** Bits per second, measured. */
  averageBitRate: z.int().nullable(),
  peakBitRate: z.int().nullable(),
  bytes: z.int().nullable(),
  quality: Quality.nullable(),
});
export type RenditionView = z.infer<typeof RenditionView>;

export const TaskView = z.object({
  id: z.uuid(),
  stage: Stage,
  index: z.int(),
  class: TaskClass,
  state: TaskState,
  attempts: z.int(),
  infraAttempts: z.int(),
  worker: z.string().nullable(),
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

/** A job in a list. Of its failure it has no tail, and of its picture only how far it is. */
export const JobItem = JobView.extend({
  /** The strip: neighbouring chunks as one where they are many. Empty while there is no plan, and once all is done. */
  cells: z.array(z.object({ state: TaskState, fraction: z.number(), takenOver: z.boolean(), frames: z.number() })),
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
  /** Empty where nothing of it waits that could be worked on. */
  waiting: z.array(WaitReason),
});
export type JobPage = z.infer<typeof JobPage>;

export const VideoDetail = VideoView.extend({
  fileName: z.string(),
  probe: Probe.nullable(),
  renditions: z.array(RenditionView),
  storyboardUrl: z.string().nullable(),
  dashUrl: z.string().nullable(),
  job: JobDetail.nullable(),
});
export type VideoDetail = z.infer<typeof VideoDetail>;

export const UploadView = z.object({
  id: z.string(),
  videoId: z.uuid(),
  fileName: z.string(),
  size: z.int(),
  offset: z.int(),
  state: UploadState,
  createdAt: Time,
  expiresAt: Time,
});
export type UploadView = z.infer<typeof UploadView>;

export const KeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  role: Role,
  workspaceId: z.uuid(),
  /** First characters, to tell keys apart. */
  prefix: z.string(),
  /** Who made it; absent where nobody with an account did. */
  createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
});
export type KeyView = z.infer<typeof KeyView>;

/** What an operator has stopped, as long as it is. */
export const ControlView = z.object({
  /** `all`, `class:<class>` or `worker:<id>`. */
  scope: z.string(),
  state: ControlState,
  by: z.string(),
  at: Time,
});
export type ControlView = z.infer<typeof ControlView>;

/** How a worker was at a moment. */
export const WorkerSampleView = z.object({
  at: Time,
  /** Processor cores that it kept busy with its ffmpegs: 1.5 is one and a half. */
  cpuCores: z.number(),
  /** Resident, with its ffmpegs. */
  memoryBytes: z.int(),
  /** Of the machine, over one minute. */
  loadAverage: z.number(),
  machineUsedBytes: z.int(),
  machineTotalBytes: z.int(),
  scratchFreeBytes: z.int(),
  scratchTotalBytes: z.int(),
  slotsUsed: z.int(),
});
export type WorkerSampleView = z.infer<typeof WorkerSampleView>;

export const WorkerView = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  /** The first line of what its ffmpeg says of itself. */
  ffmpeg: z.string(),
  classes: z.array(TaskClass),
  /** Processor cores of its machine. */
  cores: z.int().nullable(),
  /** Tasks that it takes at the same time, of each class. */
  slots: z.array(z.object({ class: TaskClass, used: z.int(), total: z.int() })),
  /** How it is now; null where it has not said so lately. */
  sample: WorkerSampleView.nullable(),
  state: WorkerState,
  startedAt: Time,
  seenAt: Time,
  stoppedAt: Time.nullable(),
  quarantine: z.object({ reason: z.string(), since: Time, until: Time }).nullable(),
  /** All that concern it, also those of only some of its classes. */
  controls: z.array(ControlView),
  tasks: z.array(
    z.object({
      id: z.uuid(),
      jobId: z.uuid(),
      videoId: z.uuid(),
      videoTitle: z.string(),
      stage: Stage,
      index: z.int(),
      class: TaskClass,
      startedAt: Time.nullable(),
      progress: Progress.nullable(),
    }),
  ),
});
export type WorkerView = z.infer<typeof WorkerView>;

export const WorkerDetail = WorkerView.extend({
  /** Everything its ffmpeg says of itself. */
  ffmpegBuild: z.string(),
  pid: z.int(),
  /** Of the last hour, oldest first. */
  history: z.array(WorkerSampleView),
});
export type WorkerDetail = z.infer<typeof WorkerDetail>;

export const MeView = z.object({
  /** Absent for an API key. */
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }).nullable(),
  role: Role,
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
  mustChangePassword: z.boolean(),
});
export type MeView = z.infer<typeof MeView>;

export const PublishedFile = z.object({ name: z.string(), bytes: z.int(), contentType: z.string(), url: z.string() });
export type PublishedFile = z.infer<typeof PublishedFile>;

export const PresetView = Preset.extend({
  builtIn: z.boolean(),
  /** Whose it is; absent for a built-in one. */
  workspaceId: z.uuid().nullable(),
});
export type PresetView = z.infer<typeof PresetView>;

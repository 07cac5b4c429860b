import * as z from 'zod';
import { Progress } from './events.ts';
import { Plan } from './plan.ts';
import { Preset } from './preset.ts';
import { Probe } from './probe.ts';
import { Quality } from './quality.ts';
import { Role } from './roles.ts';
import { Stage, TaskClass } from './stages.ts';
import {
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

export const JobDetail = JobView.extend({
  tasks: z.array(TaskView),
  plan: Plan.nullable(),
  /** The exact ffmpeg commands of the plan, one string a process, shell-quoted. */
  commands: z.array(z.object({ title: z.string(), command: z.string() })),
  notes: z.array(z.string()),
});
export type JobDetail = z.infer<typeof JobDetail>;

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

export const WorkerView = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  /** The first line of what its ffmpeg says of itself. */
  ffmpeg: z.string(),
  classes: z.array(TaskClass),
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
      stage: Stage,
      index: z.int(),
      startedAt: Time.nullable(),
      progress: Progress.nullable(),
    }),
  ),
});
export type WorkerView = z.infer<typeof WorkerView>;

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

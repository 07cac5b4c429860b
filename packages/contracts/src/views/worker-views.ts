import * as z from 'zod';
import { Progress } from '../events.ts';
import { Stage, TaskClass } from '../work/stages.ts';
import { ControlState, WorkerState } from '../work/states.ts';
import { Time } from '../time.ts';
import { Wall } from '../work/wall.ts';

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
  /** What keeps its ffmpegs in; null where an older worker does not tell. */
  walls: z.array(Wall).nullable(),
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
  /** It never said that it stops, and was not heard for too long. */
  gone: z
    .object({
      /** When it was last heard. */
      since: Time,
      /** How long it had been silent when it was taken for gone. */
      silentSeconds: z.number(),
      /** The worker on its machine that was started next. */
      successor: z.string().nullable(),
    })
    .nullable(),
  /** It was started in the place of a process of its name that went without a word. */
  restarted: z.object({ at: Time, pidBefore: z.int(), seenBefore: Time }).nullable(),
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

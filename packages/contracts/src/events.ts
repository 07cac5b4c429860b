import * as z from 'zod';
import { JobState, TaskState, VideoState } from './work/states.ts';
import { Stage } from './work/stages.ts';

/** The Redis pub/sub channel of all hints. A page takes a snapshot first; what it misses here, the next snapshot tells. */
export const EVENTS_CHANNEL = 'transcode:events';

/** How far a running task is. `secondsLeft` is of this task alone, and absent while unknown; `speed` is media seconds per second. */
export const Progress = z.object({
  fraction: z.number().min(0).max(1),
  fps: z.number().nonnegative().optional(),
  speed: z.number().nonnegative().optional(),
  secondsLeft: z.number().nonnegative().optional(),
});
export type Progress = z.infer<typeof Progress>;

const scope = { workspaceId: z.uuid(), videoId: z.uuid() };

export const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('video'), ...scope, state: VideoState }),
  z.object({ type: z.literal('job'), ...scope, jobId: z.uuid(), state: JobState }),
  z.object({
    type: z.literal('task'),
    ...scope,
    jobId: z.uuid(),
    taskId: z.uuid(),
    stage: Stage,
    index: z.int(),
    state: TaskState,
  }),
  z.object({
    type: z.literal('progress'),
    ...scope,
    jobId: z.uuid(),
    taskId: z.uuid(),
    stage: Stage,
    index: z.int(),
    progress: Progress,
  }),
  /** Operators stopped or resumed work: what that means for whom is for the snapshot to say. */
  z.object({ type: z.literal('controls') }),
  z.object({ type: z.literal('upload'), ...scope, uploadId: z.string(), offset: z.int(), size: z.int() }),
]);
export type Event = z.infer<typeof Event>;

import * as z from 'zod';
import { JOB_STATES, PRIORITIES } from './job-states.ts';
import { WORKER_STATES } from './worker-states.ts';

/** `playable`: published but not yet verified. `ready`: verified. */
export const VideoState = z.enum(['uploading', 'processing', 'playable', 'ready', 'failed', 'canceled', 'deleted']);
export type VideoState = z.infer<typeof VideoState>;

export const JobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof JobState>;

/** `blocked`: waits for an earlier stage and is in no queue. */
export const TaskState = z.enum(['blocked', 'queued', 'running', 'completed', 'failed', 'canceled']);
export type TaskState = z.infer<typeof TaskState>;

/** How one claim of a task ended. `lost`: its worker went silent. `superseded`: the renditions were started anew under it. */
export const AttemptOutcome = z.enum(['completed', 'failed', 'lost', 'handed_back', 'canceled', 'superseded']);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

export const UploadState = z.enum(['receiving', 'complete', 'canceled', 'expired']);
export type UploadState = z.infer<typeof UploadState>;

export const Priority = z.enum(PRIORITIES);
export type Priority = z.infer<typeof Priority>;

export const MediaKind = z.enum(['video', 'audio']);
export type MediaKind = z.infer<typeof MediaKind>;

/** What an operator may have done to workers. `draining`: also what is running goes back after the drain deadline. */
export const ControlState = z.enum(['paused', 'draining']);
export type ControlState = z.infer<typeof ControlState>;

export const WorkerState = z.enum(WORKER_STATES);
export type WorkerState = z.infer<typeof WorkerState>;

import type { LogField } from './log-fields.ts';

/** The operations that matter, with what each line of theirs has: what is shipped can be asked for by these. */
export const LOG_EVENTS = {
  request_ended: ['request_id', 'method', 'path', 'status', 'ms', 'address'],
  task_begun: ['task_id', 'job_id', 'video_id', 'workspace_id', 'worker_id', 'stage', 'index', 'attempt'],
  task_ended: ['task_id', 'job_id', 'video_id', 'workspace_id', 'worker_id', 'stage', 'index', 'outcome', 'seconds'],
  task_failed: ['task_id', 'job_id', 'video_id', 'workspace_id', 'worker_id', 'stage', 'index', 'code', 'err'],
  ffmpeg_ended: ['task_id', 'job_id', 'video_id', 'worker_id', 'stage', 'seconds', 'said'],
  storage_failed: ['kind', 'operation', 'seconds', 'err'],
  database_failed: ['operation', 'seconds', 'err'],
  reconciler_step_failed: ['step', 'err'],
  /** Somebody changed something; `outcome` is the procedure. What exactly is in the audit log. */
  deed: ['actor_id', 'outcome', 'request_id'],
  sign_in_refused: ['request_id', 'address', 'code'],
} as const satisfies Readonly<Record<string, readonly LogField[]>>;

export type LogEvent = keyof typeof LOG_EVENTS;
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

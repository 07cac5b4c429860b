/** How a field is shipped: `id` finds what a line is about, `word` is one of few, the others are read. */
export type LogFieldKind = 'id' | 'word' | 'number' | 'text' | 'texts' | 'error';

export interface LogFieldShape {
  readonly kind: LogFieldKind;
  /** Its name in the Elastic Common Schema, or below `transcode` where that has none. */
  readonly ecs: string;
}

/**
 * Every field that a line of a log may have. There are no others: what is not here cannot be logged, so that no secret gets there by a
 * name that nobody thought of.
 */
export const LOG_FIELDS = {
  // In each line.
  time: { kind: 'text', ecs: '@timestamp' },
  level: { kind: 'word', ecs: 'log.level' },
  msg: { kind: 'text', ecs: 'message' },
  /** The component and the place in its source: `api http/access-log.ts:31`. */
  caller: { kind: 'text', ecs: 'log.origin.file.name' },
  component: { kind: 'word', ecs: 'service.name' },
  /** Which kind of event it is; see `LOG_EVENTS`. */
  event: { kind: 'word', ecs: 'event.action' },

  // What it is about.
  request_id: { kind: 'id', ecs: 'http.request.id' },
  upload_id: { kind: 'id', ecs: 'transcode.upload.id' },
  video_id: { kind: 'id', ecs: 'transcode.video.id' },
  job_id: { kind: 'id', ecs: 'transcode.job.id' },
  task_id: { kind: 'id', ecs: 'transcode.task.id' },
  worker_id: { kind: 'id', ecs: 'transcode.worker.id' },
  workspace_id: { kind: 'id', ecs: 'organization.id' },
  trace_id: { kind: 'id', ecs: 'trace.id' },
  span_id: { kind: 'id', ecs: 'span.id' },
  outbox_id: { kind: 'id', ecs: 'transcode.outbox.id' },
  /** Who did something: the id of a person or of a key. */
  actor_id: { kind: 'id', ecs: 'user.id' },

  // A request.
  method: { kind: 'word', ecs: 'http.request.method' },
  path: { kind: 'text', ecs: 'url.path' },
  status: { kind: 'number', ecs: 'http.response.status_code' },
  ms: { kind: 'number', ecs: 'transcode.request.milliseconds' },
  address: { kind: 'text', ecs: 'source.ip' },

  // Work.
  stage: { kind: 'word', ecs: 'transcode.task.stage' },
  index: { kind: 'number', ecs: 'transcode.task.index' },
  class: { kind: 'word', ecs: 'transcode.task.class' },
  attempt: { kind: 'number', ecs: 'transcode.task.attempt' },
  claim: { kind: 'number', ecs: 'transcode.task.token' },
  outcome: { kind: 'word', ecs: 'event.outcome' },
  code: { kind: 'word', ecs: 'error.code' },
  seconds: { kind: 'number', ecs: 'transcode.seconds' },
  cpu_seconds: { kind: 'number', ecs: 'transcode.cpu_seconds' },
  encode_cpu_seconds: { kind: 'number', ecs: 'transcode.encode_cpu_seconds' },
  exit_code: { kind: 'number', ecs: 'process.exit_code' },
  signal: { kind: 'word', ecs: 'transcode.process.signal' },
  metric: { kind: 'word', ecs: 'transcode.quality.metric' },
  nth: { kind: 'number', ecs: 'transcode.quality.nth_frame' },
  said: { kind: 'texts', ecs: 'transcode.ffmpeg.said' },

  // Storage, database, upkeep.
  operation: { kind: 'word', ecs: 'transcode.operation' },
  kind: { kind: 'word', ecs: 'transcode.storage.kind' },
  step: { kind: 'word', ecs: 'transcode.reconciler.step' },
  count: { kind: 'number', ecs: 'transcode.count' },
  tasks: { kind: 'texts', ecs: 'transcode.task.ids' },
  classes: { kind: 'texts', ecs: 'transcode.worker.classes' },
  reasons: { kind: 'texts', ecs: 'transcode.reasons' },
  holder: { kind: 'text', ecs: 'transcode.reconciler.holder' },
  host: { kind: 'text', ecs: 'host.hostname' },
  pid: { kind: 'number', ecs: 'process.pid' },
  replaced_pid: { kind: 'number', ecs: 'transcode.worker.replaced_pid' },
  port: { kind: 'number', ecs: 'server.port' },
  seen_at: { kind: 'text', ecs: 'transcode.worker.seen_at' },
  about: { kind: 'word', ecs: 'transcode.about' },
  reason: { kind: 'text', ecs: 'event.reason' },
  err: { kind: 'error', ecs: 'error' },
} as const satisfies Readonly<Record<string, LogFieldShape>>;

export type LogField = keyof typeof LOG_FIELDS;

interface ValueOf {
  readonly id: string | null | undefined;
  readonly word: string | null | undefined;
  readonly text: string | null | undefined;
  readonly number: number | null | undefined;
  readonly texts: readonly string[];
  readonly error: unknown;
}

/** Those that the logger writes by itself. */
type Given = 'time' | 'level' | 'msg' | 'caller' | 'component' | 'event' | 'trace_id' | 'span_id';

/** What a line may be about. */
export type LogFields = {
  readonly [Field in Exclude<LogField, Given>]?: ValueOf[(typeof LOG_FIELDS)[Field]['kind']];
};

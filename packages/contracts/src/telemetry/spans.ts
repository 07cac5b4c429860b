interface SpanShape {
  /** What is drawn of it in a trace. */
  readonly help: string;
  readonly attributes: readonly string[];
}

/** Every span of ours, and what it says beside its times: ids, words of few values and numbers; no address, and nothing that is secret. */
export const SPANS = {
  request: {
    help: 'A request to the API, named by its method and route.',
    attributes: [
      'http.request.method',
      'http.route',
      'http.response.status_code',
      'transcode.request.id',
      'error.type',
    ],
  },
  question: {
    help: 'What the console asks of the API, to make a page or to let somebody in.',
    attributes: ['rpc.method', 'error.type'],
  },
  upload: {
    help: 'A request that carries bytes of an upload. It belongs to the trace of the request that began the upload.',
    attributes: ['transcode.upload.id', 'transcode.upload.offset', 'transcode.upload.bytes', 'error.type'],
  },
  queue: {
    help: 'The time that a task waited before it was claimed.',
    attributes: ['transcode.task.id', 'transcode.task.stage', 'transcode.task.class'],
  },
  task: {
    help: 'One attempt at a task, linked to the attempt before.',
    attributes: [
      ...['transcode.task.id', 'transcode.task.stage', 'transcode.task.index', 'transcode.task.class'],
      ...['transcode.task.attempt', 'transcode.task.outcome', 'transcode.job.id', 'transcode.video.id'],
      ...['transcode.worker.id', 'error.type'],
    ],
  },
  ffmpeg: {
    help: 'One run of ffmpeg, with its command, in which the address of the source is left out.',
    attributes: ['process.command_args', 'process.exit.code', 'transcode.ffmpeg.cpu_seconds', 'error.type'],
  },
  database: {
    help: 'A statement at Postgres.',
    attributes: ['db.system.name', 'db.operation.name', 'error.type'],
  },
  storage: {
    help: 'An operation on storage.',
    attributes: ['transcode.storage.kind', 'transcode.storage.operation', 'error.type'],
  },
  deliver: {
    help: 'Deliveries that were put into the queues of Redis.',
    attributes: ['messaging.system', 'messaging.batch.message_count', 'error.type'],
  },
} as const satisfies Readonly<Record<string, SpanShape>>;

export type SpanName = keyof typeof SPANS;
export type SpanAttribute<Name extends SpanName> = (typeof SPANS)[Name]['attributes'][number];

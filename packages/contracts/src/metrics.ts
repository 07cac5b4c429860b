interface MetricShape {
  readonly name: `transcode_${string}`;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/** Every metric of ours, in base units, with labels of few values. */
export const METRICS = {
  httpRequestSeconds: {
    name: 'transcode_http_request_duration_seconds',
    kind: 'histogram',
    help: 'Time from the head of a request to the end of its answer.',
    labels: ['method', 'route', 'status'],
  },
  tasksWaiting: {
    name: 'transcode_tasks_waiting',
    kind: 'gauge',
    help: 'Tasks that are queued, from Postgres.',
    labels: ['class', 'priority'],
  },
  tasksTotal: {
    name: 'transcode_tasks_total',
    kind: 'counter',
    help: 'Tasks that this worker ended, by how.',
    labels: ['stage', 'outcome'],
  },
  taskSeconds: {
    name: 'transcode_task_duration_seconds',
    kind: 'histogram',
    help: 'Time from the claim of a task to its end.',
    labels: ['stage'],
  },
  tasksRunning: {
    name: 'transcode_tasks_running',
    kind: 'gauge',
    help: 'Tasks that this worker has claimed.',
    labels: ['class'],
  },
} as const satisfies Record<string, MetricShape>;

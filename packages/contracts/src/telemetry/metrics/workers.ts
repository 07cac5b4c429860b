import { STAGES } from '../../work/stages.ts';
import { TASK_CLASSES } from '../../work/task-classes.ts';
import { WORKER_STATES } from '../../work/worker-states.ts';
import { WORK_SECONDS, type MetricShape } from './metric-shape.ts';

export const WORKER_METRICS = {
  workers: {
    name: 'transcode_workers',
    kind: 'gauge',
    help: 'Workers that serve a class, by how they are, from Postgres. A worker that serves two classes counts in both.',
    labels: { class: TASK_CLASSES, state: WORKER_STATES },
    from: ['api'],
    shared: true,
  },
  workerSlots: {
    name: 'transcode_worker_slots',
    kind: 'gauge',
    help: 'Tasks of a class that this worker may run at once.',
    labels: { class: TASK_CLASSES },
    from: ['worker'],
  },
  tasksRunning: {
    name: 'transcode_tasks_running',
    kind: 'gauge',
    help: 'Tasks that this worker has claimed and not ended.',
    labels: { class: TASK_CLASSES },
    from: ['worker'],
  },
  workerQuarantined: {
    name: 'transcode_worker_quarantined',
    kind: 'gauge',
    help: '1 while this worker takes nothing because its last tasks died of their surroundings, else 0.',
    labels: {},
    from: ['worker'],
  },
  tasksEndedTotal: {
    name: 'transcode_tasks_ended_total',
    kind: 'counter',
    help: 'Tasks that this worker ended. retried and handed_back are done again, lost ones by another worker.',
    labels: {
      stage: STAGES,
      outcome: ['completed', 'failed', 'retried', 'lost', 'canceled', 'handed_back'],
    },
    from: ['worker'],
  },
  taskSeconds: {
    name: 'transcode_task_duration_seconds',
    kind: 'histogram',
    help: 'Time from the claim of a task to its end.',
    labels: { stage: STAGES },
    buckets: WORK_SECONDS,
    from: ['worker'],
  },
  scratchFreeBytes: {
    name: 'transcode_scratch_free_bytes',
    kind: 'gauge',
    help: 'Bytes that this worker may still use on the disk of its scratch folder, what is kept in reserve left out.',
    labels: {},
    from: ['worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

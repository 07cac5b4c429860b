import { PRIORITIES } from '../../work/job-states.ts';
import { RESOLUTIONS } from '../../media/resolution.ts';
import { TASK_CLASSES } from '../../work/task-classes.ts';
import { WORK_SECONDS, type MetricShape } from './metric-shape.ts';

export const JOB_METRICS = {
  jobsCreatedTotal: {
    name: 'transcode_jobs_created_total',
    kind: 'counter',
    help: 'Jobs that were created, by what asked for them.',
    labels: { trigger: ['upload', 'retry'], priority: PRIORITIES },
    from: ['api'],
  },
  jobsEndedTotal: {
    name: 'transcode_jobs_ended_total',
    kind: 'counter',
    help: 'Jobs that ended. cause is who a failure is laid to: input the file or the preset, infra and outage what is around the work, work ours.',
    labels: { outcome: ['completed', 'failed', 'canceled'], cause: ['none', 'input', 'infra', 'outage', 'work'] },
    from: ['api', 'worker'],
  },
  jobSeconds: {
    name: 'transcode_job_duration_seconds',
    kind: 'histogram',
    help: 'Time from the creation of a job to its ready video, by the class of the source.',
    labels: { resolution: RESOLUTIONS },
    buckets: WORK_SECONDS,
    from: ['worker'],
  },
  jobs: {
    name: 'transcode_jobs',
    kind: 'gauge',
    help: 'Jobs that are open, from Postgres; the erasure of a deleted video is none of them.',
    labels: { state: ['queued', 'running'] },
    from: ['api'],
    shared: true,
  },
  tasksWaiting: {
    name: 'transcode_tasks_waiting',
    kind: 'gauge',
    help: 'Tasks that are queued, from Postgres.',
    labels: { class: TASK_CLASSES, priority: PRIORITIES },
    from: ['api'],
    shared: true,
  },
  tasksOldestSeconds: {
    name: 'transcode_tasks_oldest_age_seconds',
    kind: 'gauge',
    help: 'How long the task has waited that could have been taken first, paused ones left out; 0 where none waits. From Postgres.',
    labels: { class: TASK_CLASSES },
    from: ['api'],
    shared: true,
  },
  classDemandTasks: {
    name: 'transcode_class_demand_tasks',
    kind: 'gauge',
    help: 'The number that scales a class: its tasks that wait or run, less what is paused, rests until later, or no living worker may take. Each replica of the API exports the same: take max of each class and priority, then the sum of its priorities.',
    labels: { class: TASK_CLASSES, priority: PRIORITIES },
    from: ['api'],
    shared: true,
  },
  taskQueueSeconds: {
    name: 'transcode_task_queue_duration_seconds',
    kind: 'histogram',
    help: 'Time that a task waited in its queue before it was claimed.',
    labels: { class: TASK_CLASSES, priority: PRIORITIES },
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400],
    from: ['worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

import { TASK_CLASSES } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { above } from '../panels/limits.ts';

export function queue(): Row {
  return {
    title: 'Queue',
    panels: [
      timeSeries({
        title: 'Queue depth',
        shows: 'Queued tasks by class, from Postgres.',
        good: 'up when videos come, and down again.',
        otherwise:
          'growing for hours: more comes in than the workers can do. Add workers, or see whether somebody paused them.',
        unit: 'short',
        width: 6,
        queries: [{ expr: 'class:transcode_tasks_waiting:sum', legend: '{{class}}' }],
        names: TASK_CLASSES,
        stacked: true,
        limits: above({ QueueDeep: 1000 }),
        alerts: ['NoWorkerAlive'],
        page: 'queues',
      }),
      timeSeries({
        title: 'Processing rate by stage',
        shows: 'Tasks that workers completed, a second, by stage.',
        good: 'above 0 while anything waits.',
        otherwise: '0 while tasks wait: transcoding stands still. See Workers and capacity.',
        unit: 'ops',
        width: 6,
        queries: [
          {
            expr: 'sum by (stage) (stage_outcome:transcode_tasks_ended:rate5m{outcome="completed"})',
            legend: '{{stage}}',
          },
        ],
        stacked: true,
        none: 'No task ended',
        alerts: ['TranscodingStalled'],
      }),
      timeSeries({
        title: 'Age of the oldest waiting task',
        shows: 'How long the task has waited that is first in line, by class. Paused ones are left out.',
        good: 'seconds for light, minutes for cpu.',
        otherwise:
          'light above 15 min, maintenance above 1 h or cpu above 2 h is told as a warning. See why a job waits on its page.',
        unit: 's',
        width: 6,
        queries: [{ expr: 'class:transcode_tasks_oldest_age_seconds:max', legend: '{{class}}' }],
        names: TASK_CLASSES,
        limits: above({ OldestTaskWaits: 7200 }),
        page: 'queues',
      }),
      timeSeries({
        title: 'Demand and slots',
        shows: 'Tasks that workers could do now, waiting or running, against the slots that they have.',
        good: 'demand near the slots.',
        otherwise:
          'demand far above the slots for long: scale that class. Slots at 0: no worker tells Prometheus of itself.',
        unit: 'short',
        width: 6,
        queries: [
          { expr: 'sum(class:transcode_class_demand_tasks:sum)', legend: 'demand' },
          { expr: 'sum(class:transcode_worker_slots:sum)', legend: 'slots' },
        ],
        reference: 'slots',
        page: 'queues',
      }),
    ],
  };
}

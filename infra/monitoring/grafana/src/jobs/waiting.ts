import { TASK_CLASSES } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { quantile, shared } from '../promql/expressions.ts';

export function waiting(): Row {
  return {
    title: 'Waiting',
    panels: [
      timeSeries({
        title: 'Queue time of cpu tasks',
        shows:
          'How long tasks of class cpu had waited that were claimed: the median, and what 90 % and 99 % stayed within.',
        good: 'seconds while workers are idle; at most what your users wait for.',
        otherwise:
          'growing: more comes in than is done. A low median under a high 99 %: low priorities wait, as they should.',
        unit: 's',
        width: 12,
        queries: [
          { expr: quantile(0.5, 'taskQueueSeconds', [], { class: 'cpu' }), legend: 'median' },
          { expr: quantile(0.9, 'taskQueueSeconds', [], { class: 'cpu' }), legend: '90 %' },
          { expr: quantile(0.99, 'taskQueueSeconds', [], { class: 'cpu' }), legend: '99 %', exemplars: true },
        ],
        names: ['median', '90 %', '99 %'],
        none: 'No task was claimed',
        page: 'queues',
      }),
      timeSeries({
        title: 'Queue time by class (95 %)',
        shows: 'What 95 % of the claimed tasks of each class had waited at most.',
        good: 'light below a minute: it begins and ends every video.',
        otherwise: 'light waits: a worker that serves light tasks is missing or paused.',
        unit: 's',
        width: 6,
        queries: [{ expr: quantile(0.95, 'taskQueueSeconds', ['class']), legend: '{{class}}' }],
        names: TASK_CLASSES,
        none: 'No task was claimed',
      }),
      timeSeries({
        title: 'Queue time by priority (95 %)',
        shows: 'What 95 % of the claimed tasks of each priority had waited at most.',
        good: 'high below normal below low.',
        otherwise: 'high waits as long as low: too much is high, or there are too few workers for all.',
        unit: 's',
        width: 6,
        queries: [{ expr: quantile(0.95, 'taskQueueSeconds', ['priority']), legend: '{{priority}}' }],
        none: 'No task was claimed',
      }),
      timeSeries({
        title: 'Queue depth by class and priority',
        shows: 'Queued tasks by class and priority, from Postgres.',
        good: 'up when videos come, and down again.',
        otherwise: 'growing for hours: add workers. The console’s Queues says how long it will take.',
        unit: 'short',
        width: 12,
        queries: [{ expr: shared('tasksWaiting', ['class', 'priority']), legend: '{{class}}, {{priority}}' }],
        stacked: true,
        limits: above({ QueueDeep: 1000 }),
        page: 'queues',
      }),
      timeSeries({
        title: 'Age of the oldest waiting task',
        shows: 'How long the task has waited that is first in line, by class. Paused ones are left out.',
        good: 'seconds for light, minutes for cpu.',
        otherwise:
          'the page of its job says why it waits. The limit is 2 h for cpu and gpu, 15 min for light, 1 h for maintenance.',
        unit: 's',
        width: 12,
        queries: [{ expr: 'class:transcode_tasks_oldest_age_seconds:max', legend: '{{class}}' }],
        names: TASK_CLASSES,
        limits: above({ OldestTaskWaits: 7200 }),
        page: 'queues',
      }),
    ],
  };
}

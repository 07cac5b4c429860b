import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { rate, shared, sum } from '../promql/expressions.ts';

export function errors(): Row {
  return {
    title: 'Jobs and errors',
    panels: [
      timeSeries({
        title: 'Open jobs',
        shows: 'Jobs that are queued or running, from Postgres.',
        good: 'as many as were uploaded and are not ready.',
        otherwise: 'queued grows and running does not: see Workers and capacity.',
        unit: 'short',
        width: 8,
        queries: [{ expr: shared('jobs', ['state']), legend: '{{state}}' }],
        names: ['queued', 'running'],
        stacked: true,
        page: 'jobs',
      }),
      timeSeries({
        title: 'Errors by component',
        shows: 'Errors that were told to a caller or ended a task, a second.',
        good: 'a quiet line: callers’ mistakes and files that cannot be used are among them.',
        otherwise: 'a step upward: see which code.',
        unit: 'eps',
        width: 8,
        queries: [{ expr: sum(['component'], rate('errorsTotal')), legend: '{{component}}' }],
        stacked: true,
        none: 'No error',
      }),
      timeSeries({
        title: 'Errors by code',
        shows: 'The ten codes that are met most. docs/errors.md says what each means.',
        good: 'source_* (files) and what callers do wrong.',
        otherwise: 'storage_*, database_* or worker_died: the surroundings. verify_failed or stage_failed: ours.',
        unit: 'eps',
        width: 8,
        queries: [{ expr: `topk(10, ${sum(['code'], rate('errorsTotal'))})`, legend: '{{code}}' }],
        none: 'No error',
      }),
    ],
  };
}

import type { Row } from '../frame/dashboard.ts';
import { stat } from '../panels/stat.ts';
import { increase, shared, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function now(): Row {
  return {
    title: 'At a glance',
    panels: [
      stat({
        title: 'Open jobs',
        shows: 'Jobs that wait and jobs in work, from Postgres.',
        good: 'none that wait while workers are idle.',
        otherwise: 'see Waiting below.',
        unit: 'short',
        width: 6,
        queries: [
          { expr: shared('jobs', [], { state: 'queued' }), legend: 'queued', as: 'now' },
          { expr: shared('jobs', [], { state: 'running' }), legend: 'running', as: 'now' },
        ],
        none: 'No API tells',
        page: 'jobs',
      }),
      stat({
        title: 'Completed',
        shows: 'Jobs that were completed in the time on show.',
        good: 'about as many as were created.',
        otherwise: 'see Created and completed.',
        unit: 'short',
        decimals: 0,
        width: 6,
        queries: [
          { expr: sum([], increase('jobsEndedTotal', { outcome: 'completed' })), legend: 'completed', as: 'now' },
        ],
        none: 'None',
        page: 'videos',
      }),
      stat({
        title: 'Failed, not the file’s fault',
        shows: 'Jobs that failed in the time on show for another cause than their file or preset.',
        good: '0.',
        otherwise: 'see Failures: by cause, then by code.',
        unit: 'short',
        decimals: 0,
        width: 6,
        queries: [
          {
            expr: sum([], increase('jobsEndedTotal', { outcome: 'failed', cause: { not: 'input' } })),
            legend: 'failed',
            as: 'now',
          },
        ],
        none: 'None',
        alerts: ['JobsFailing'],
        page: 'jobs',
      }),
      stat({
        title: 'Time to ready (95 %)',
        shows:
          'The time within which 95 % of the videos that became ready did, from the creation of the job, over the time on show.',
        good: 'within an hour; that is what is promised.',
        otherwise: 'see Waiting for queues, then Stages for what takes long.',
        unit: 's',
        width: 6,
        queries: [
          {
            expr: `histogram_quantile(0.95, sum by (le) (increase(${series('jobSeconds', {}, '_bucket')}[$__range])))`,
            legend: '95 %',
            as: 'now',
          },
        ],
        none: 'None became ready',
        alerts: ['TimeToReadyBurnsFast', 'TimeToReadyBurnsSlowly'],
      }),
    ],
  };
}

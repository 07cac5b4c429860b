import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { rate, sum } from '../promql/expressions.ts';

export function ended(): Row {
  return {
    title: 'Created and ended',
    panels: [
      timeSeries({
        title: 'Created and completed',
        shows: 'Jobs a second that were created, and that were completed.',
        good: 'completed follows created.',
        otherwise: 'completed stays below for hours: the backlog grows. Add workers, or find what is slow below.',
        unit: 'ops',
        width: 8,
        queries: [
          { expr: sum([], rate('jobsCreatedTotal')), legend: 'created' },
          { expr: sum([], rate('jobsEndedTotal', { outcome: 'completed' })), legend: 'completed' },
        ],
        names: ['completed'],
        reference: 'created',
        none: 'No job',
      }),
      timeSeries({
        title: 'Created by trigger and priority',
        shows: 'Jobs a second by what asked for them and their priority.',
        good: 'uploads, most of them normal.',
        otherwise: 'many retries: somebody tries again what failed, see Failures. All of them high: nothing is.',
        unit: 'ops',
        width: 8,
        queries: [
          { expr: sum(['trigger', 'priority'], rate('jobsCreatedTotal')), legend: '{{trigger}}, {{priority}}' },
        ],
        stacked: true,
        none: 'No job',
      }),
      timeSeries({
        title: 'Ended by outcome',
        shows: 'Jobs a second by how they ended.',
        good: 'hardly anything but completed.',
        otherwise: 'failed: see Failures. Canceled: somebody did it.',
        unit: 'ops',
        width: 8,
        queries: [{ expr: 'sum by (outcome) (outcome_cause:transcode_jobs_ended:rate5m)', legend: '{{outcome}}' }],
        names: ['completed', 'failed', 'canceled'],
        stacked: true,
        none: 'No job ended',
        alerts: ['JobsFailing'],
      }),
    ],
  };
}

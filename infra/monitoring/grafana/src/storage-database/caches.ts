import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { rate, sum } from '../promql/expressions.ts';

export function caches(): Row {
  return {
    title: 'Caches',
    panels: [
      timeSeries({
        title: 'Cache hit rate',
        shows: 'Share of the questions to a cache to which it knew the answer.',
        good: 'above 80 % for sessions, keys and grants under load.',
        otherwise: 'low with many questions: each one costs a statement. A process that was started anew begins at 0.',
        unit: 'percentunit',
        max: 1,
        width: 12,
        queries: [
          {
            expr: `${sum(['cache'], rate('cacheRequestsTotal', { result: 'hit' }))} / ${sum(['cache'], rate('cacheRequestsTotal'))}`,
            legend: '{{cache}}',
          },
        ],
        none: 'Nothing was asked',
      }),
      timeSeries({
        title: 'Cache requests',
        shows: 'Questions a second to what processes keep in memory.',
        good: 'goes with requests, and sources with what is encoded.',
        otherwise: 'a hit rate says little where hardly anything is asked.',
        unit: 'ops',
        width: 12,
        queries: [{ expr: sum(['cache'], rate('cacheRequestsTotal')), legend: '{{cache}}' }],
        none: 'Nothing was asked',
      }),
    ],
  };
}

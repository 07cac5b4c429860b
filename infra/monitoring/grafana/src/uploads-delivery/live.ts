import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { rate, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function live(): Row {
  return {
    title: 'Live pages',
    panels: [
      timeSeries({
        title: 'Open event streams',
        shows: 'Streams of events that browsers and clients follow, by process.',
        good: 'one or two an open page, spread over the replicas.',
        otherwise: 'growing with nobody there: connections that a proxy keeps. All on one replica: the balancer.',
        unit: 'short',
        decimals: 0,
        width: 12,
        queries: [{ expr: sum(['instance'], series('eventStreams')), legend: '{{instance}}' }],
        stacked: true,
        none: 'No API tells',
      }),
      timeSeries({
        title: 'Event batches sent',
        shows: 'Batches of events that were sent to who follows them, a second.',
        good: 'goes with what runs, at most ten a second for each page.',
        otherwise: '0 while jobs run and pages are open: Redis is away, and pages show what they asked for last.',
        unit: 'eps',
        width: 12,
        queries: [{ expr: sum([], rate('eventsSentTotal')), legend: 'batches' }],
        none: 'None was sent',
        alerts: ['RedisDown'],
      }),
    ],
  };
}

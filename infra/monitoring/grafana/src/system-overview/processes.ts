import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { max, sum } from '../promql/expressions.ts';
import { OF_CHOSEN } from '../promql/series.ts';

/** What prom-client exports of every Node.js process, beside what is ours. */
export function processes(): Row {
  return {
    title: 'Processes',
    panels: [
      timeSeries({
        title: 'CPU',
        shows: 'Processor cores that each Node.js process uses. A worker’s ffmpeg is not in it.',
        good: 'below 1.',
        otherwise: 'an API at 1 for long: add a replica.',
        unit: 'suffix: cores',
        decimals: 2,
        width: 8,
        queries: [
          {
            expr: sum(['instance'], `rate(process_cpu_seconds_total{${OF_CHOSEN}}[$__rate_interval])`),
            legend: '{{instance}}',
          },
        ],
      }),
      timeSeries({
        title: 'Memory',
        shows: 'Resident memory of each Node.js process.',
        good: 'level after its first hour.',
        otherwise: 'growing for days: a leak. Restart it, and tell us.',
        unit: 'bytes',
        width: 8,
        queries: [{ expr: max(['instance'], `process_resident_memory_bytes{${OF_CHOSEN}}`), legend: '{{instance}}' }],
      }),
      timeSeries({
        title: 'Event loop lag',
        shows: 'How late the event loop of each process came to its work, 99 of 100 times.',
        good: 'below 50 ms.',
        otherwise: 'the process has too much to do, or its machine has.',
        unit: 's',
        width: 8,
        queries: [
          { expr: max(['instance'], `nodejs_eventloop_lag_p99_seconds{${OF_CHOSEN}}`), legend: '{{instance}}' },
        ],
      }),
    ],
  };
}

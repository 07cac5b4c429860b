import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { min, quantile, rate, shared, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function database(): Row {
  return {
    title: 'Postgres',
    panels: [
      stat({
        title: 'Postgres answers',
        shows: 'Whether Postgres answers every process of the API.',
        good: 'up.',
        otherwise: 'nothing can be asked or uploaded and no task is taken. Nothing is lost.',
        unit: 'none',
        width: 4,
        height: 8,
        upDown: true,
        queries: [{ expr: min([], series('databaseUp')), legend: 'Postgres', as: 'now' }],
        none: 'No API tells',
        alerts: ['DatabaseDown'],
      }),
      timeSeries({
        title: 'Database operations',
        shows: 'Statements a second, of all processes, by what they do.',
        good: 'goes with what is asked and done.',
        otherwise: 'a step upward without more requests: a page or a client that asks in a loop.',
        unit: 'ops',
        width: 10,
        queries: [{ expr: 'operation:transcode_database_operations:rate5m', legend: '{{operation}}' }],
        stacked: true,
        none: 'No statement',
      }),
      timeSeries({
        title: 'Database latency',
        shows: 'The median, and what 95 % and 99 % stayed within, the way there and back with it.',
        good: 'the median within 5 ms, 99 % within 100 ms.',
        otherwise: 'see which operation beside it; then pg_stat_activity for who holds what.',
        unit: 's',
        width: 10,
        queries: [
          { expr: quantile(0.5, 'databaseOperationSeconds'), legend: 'median' },
          { expr: quantile(0.95, 'databaseOperationSeconds'), legend: '95 %' },
          { expr: quantile(0.99, 'databaseOperationSeconds'), legend: '99 %', exemplars: true },
        ],
        names: ['median', '95 %', '99 %'],
        none: 'No statement',
      }),
      timeSeries({
        title: 'Database latency by operation (95 %)',
        shows: 'The time within which 95 % of them ended.',
        good: 'transactions take longest.',
        otherwise: 'select alone: an index is missing, or a table was not analysed. All: disk, or locks.',
        unit: 's',
        width: 8,
        queries: [{ expr: quantile(0.95, 'databaseOperationSeconds', ['operation']), legend: '{{operation}}' }],
        none: 'No statement',
      }),
      timeSeries({
        title: 'Database errors',
        shows: 'Statements a second that failed. A conflict is tried again.',
        good: 'now and then a conflict.',
        otherwise: 'connection: Postgres or the way to it. other: a line in the log of that process.',
        unit: 'ops',
        width: 8,
        queries: [{ expr: sum(['kind'], rate('databaseErrorsTotal')), legend: '{{kind}}' }],
        stacked: true,
        none: 'No statement failed',
      }),
      timeSeries({
        title: 'Active connections (share of limit)',
        shows: 'Share of the connections that Postgres allows which are taken, by all clients.',
        good: 'below 80 %.',
        otherwise:
          'at 100 % the next process cannot start. Fewer processes, smaller pools, or a higher max_connections.',
        unit: 'percentunit',
        max: 1,
        width: 8,
        queries: [
          {
            expr: `${shared('databaseServerConnections')} / ${shared('databaseServerConnectionsMost')}`,
            legend: 'taken',
          },
        ],
        none: 'No API tells',
        limits: above({ DatabaseConnectionsNearLimit: 0.8 }),
      }),
      timeSeries({
        title: 'Connection pools',
        shows:
          'Connections of all processes together, by state, against what they may have. Waiting are statements that want one.',
        good: 'none that waits.',
        otherwise: 'waiting for minutes: statements are slow, or the pool is too small.',
        unit: 'short',
        decimals: 0,
        width: 8,
        queries: [
          { expr: sum(['state'], series('databasePoolConnections')), legend: '{{state}}' },
          { expr: sum([], series('databasePoolSize')), legend: 'may have' },
        ],
        names: ['used', 'idle', 'waiting'],
        reference: 'may have',
      }),
      timeSeries({
        title: 'Waiting for a connection, by process',
        shows: 'Statements of each process that want a connection and have none.',
        good: '0.',
        otherwise: 'one process: what it is asked is slow. All: see Database latency.',
        unit: 'short',
        decimals: 0,
        width: 8,
        queries: [
          { expr: sum(['instance'], series('databasePoolConnections', { state: 'waiting' })), legend: '{{instance}}' },
        ],
        alerts: ['DatabasePoolExhausted'],
      }),
      timeSeries({
        title: 'Database size',
        shows: 'What the database takes on its disk.',
        good: 'grows slowly with the videos; what has been over for 30 days goes.',
        otherwise: 'a jump: a backlog of tasks, or autovacuum does not keep up.',
        unit: 'bytes',
        width: 8,
        queries: [{ expr: shared('databaseSizeBytes'), legend: 'size' }],
        none: 'No API tells',
      }),
    ],
  };
}

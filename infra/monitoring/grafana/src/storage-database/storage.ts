import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { min, quantile, rate, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function storage(): Row {
  return {
    title: 'Storage',
    panels: [
      stat({
        title: 'Storage answers',
        shows: 'Whether storage answers every process of the API.',
        good: 'up.',
        otherwise: 'uploads are refused, nothing plays and tasks wait until it is back.',
        unit: 'none',
        width: 4,
        height: 8,
        upDown: true,
        queries: [{ expr: min([], series('storageUp')), legend: 'Storage', as: 'now' }],
        none: 'No API tells',
        alerts: ['StorageDown'],
      }),
      timeSeries({
        title: 'Storage operations',
        shows: 'Operations on storage a second, of all processes.',
        good: 'put and get go with what is encoded and watched.',
        otherwise: 'list or delete alone: something is tidied, which is well.',
        unit: 'ops',
        width: 10,
        queries: [
          { expr: 'sum by (operation) (kind_operation:transcode_storage_operations:rate5m)', legend: '{{operation}}' },
        ],
        stacked: true,
        none: 'No operation',
      }),
      timeSeries({
        title: 'Storage bandwidth',
        shows: 'Bytes a second that go to storage and come from it.',
        good: 'below what its disk or its network can do.',
        otherwise: 'at its limit: workers wait for it. Fewer tasks at once, or a faster storage.',
        unit: 'Bps',
        width: 10,
        queries: [{ expr: sum(['direction'], rate('storageBytesTotal')), legend: '{{direction}}' }],
        names: ['read', 'written'],
        none: 'No byte',
      }),
      timeSeries({
        title: 'Storage error rate',
        shows: 'Share of the operations of 5 minutes that failed. What is not there is no failure.',
        good: '0. They are tried again, so a few only cost time.',
        otherwise: 'see which operation; the worker’s log has the reason.',
        unit: 'percentunit',
        width: 8,
        queries: [
          {
            expr: 'sum by (kind) (kind_operation:transcode_storage_errors:rate5m) / sum by (kind) (kind_operation:transcode_storage_operations:rate5m)',
            legend: '{{kind}}',
          },
        ],
        none: 'No operation',
        limits: above({ StorageErrors: 0.05 }),
      }),
      timeSeries({
        title: 'Storage errors by operation',
        shows: 'Operations a second that failed.',
        good: 'none.',
        otherwise: 'put, append: no room, or no right to write. get, head: read the error in the log.',
        unit: 'ops',
        width: 8,
        queries: [{ expr: 'kind_operation:transcode_storage_errors:rate5m > 0', legend: '{{kind}} {{operation}}' }],
        stacked: true,
        none: 'No operation failed',
        alerts: ['StorageErrors'],
      }),
      timeSeries({
        title: 'Storage latency by operation (95 %)',
        shows:
          'The time within which 95 % of them ended: of a get until the object begins, of a put and an append until it is durable.',
        good: 'files: milliseconds. A bucket: below 250 ms.',
        otherwise: 'all slow: the disk or the network. Only list: very many objects.',
        unit: 's',
        width: 8,
        queries: [
          { expr: quantile(0.95, 'storageOperationSeconds', ['operation']), legend: '{{operation}}', exemplars: true },
        ],
        none: 'No operation',
      }),
    ],
  };
}

import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { observed, quantile, rate, shared, sum } from '../promql/expressions.ts';
import type { Wants } from '../promql/series.ts';

/** The routes of tus. */
const UPLOADS: Wants<'httpRequestSeconds'> = { route: { like: '/api/uploads.*' } };

export function uploads(): Row {
  return {
    title: 'Uploads',
    panels: [
      timeSeries({
        title: 'Upload bandwidth',
        shows: 'Bytes of uploads that became durable, a second.',
        good: 'as fast as clients send.',
        otherwise:
          'slow with many uploads: the network, or storage. See Storage latency by operation on Storage and database, append.',
        unit: 'Bps',
        width: 8,
        queries: [{ expr: sum([], rate('uploadBytesTotal')), legend: 'durable' }],
        none: 'No byte',
      }),
      timeSeries({
        title: 'Uploads in progress',
        shows: 'Uploads that are not whole yet, from Postgres.',
        good: 'goes up and down with the day.',
        otherwise: 'only ever up: clients begin and do not end. What is left lying expires.',
        unit: 'short',
        decimals: 0,
        width: 8,
        queries: [{ expr: shared('uploadsReceiving'), legend: 'on their way' }],
        none: 'No API tells',
        page: 'videos',
      }),
      timeSeries({
        title: 'Uploads by outcome',
        shows: 'Uploads a second by how they ended.',
        good: 'complete, nearly all.',
        otherwise: 'expired: clients that never came back. Canceled: people did it.',
        unit: 'ops',
        width: 8,
        queries: [{ expr: sum(['outcome'], rate('uploadsEndedTotal')), legend: '{{outcome}}' }],
        names: ['complete', 'canceled', 'expired'],
        stacked: true,
        none: 'No upload ended',
      }),
      timeSeries({
        title: 'Upload requests by result',
        shows:
          'Requests a second with bytes of an upload. Broken ones ended before all that they announced had come; the client goes on from there.',
        good: 'whole, with some broken ones from bad networks.',
        otherwise: 'broken from all: a proxy with a short timeout or a small limit. Refused: no room, or no right to.',
        unit: 'reqps',
        width: 8,
        queries: [{ expr: sum(['result'], rate('uploadRequestsTotal')), legend: '{{result}}' }],
        names: ['whole', 'broken', 'refused'],
        stacked: true,
        none: 'No request',
      }),
      timeSeries({
        title: 'Upload responses by status',
        shows: 'Requests to the routes of uploads, a second, by status.',
        good: '201, 204 and 200.',
        otherwise:
          '507: the disk is full. 409 and 423: two clients write one upload. 5xx: see Errors by code on the System overview.',
        unit: 'reqps',
        width: 8,
        queries: [{ expr: sum(['status'], observed('httpRequestSeconds', UPLOADS)), legend: '{{status}}' }],
        stacked: true,
        none: 'No request',
        alerts: ['DiskNearlyFull'],
      }),
      timeSeries({
        title: 'Time to create an upload (95 %)',
        shows: 'The time within which 95 % of the requests were answered that begin an upload.',
        good: 'below 100 ms.',
        otherwise: 'Postgres or storage is slow: see Storage and database.',
        unit: 's',
        width: 8,
        queries: [
          {
            expr: quantile(0.95, 'httpRequestSeconds', [], { ...UPLOADS, method: 'POST' }),
            legend: '95 %',
            exemplars: true,
          },
        ],
        names: ['95 %'],
        none: 'No upload was begun',
      }),
    ],
  };
}

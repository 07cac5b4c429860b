import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { observed, rate, sum } from '../promql/expressions.ts';
import type { Wants } from '../promql/series.ts';

const MEDIA: Wants<'httpRequestSeconds'> = { route: { like: '/media/.*' } };

export function delivery(): Row {
  return {
    title: 'Delivery',
    panels: [
      timeSeries({
        title: 'Delivery bandwidth',
        shows:
          'Bytes of media that were sent to players and downloads, a second. What a redirect leaves to the bucket is not among them.',
        good: 'goes with how many watch.',
        otherwise: 'at the limit of the network: let the bucket or a CDN deliver.',
        unit: 'Bps',
        width: 8,
        queries: [{ expr: sum(['kind'], rate('mediaBytesTotal')), legend: '{{kind}}' }],
        stacked: true,
        none: 'No byte',
      }),
      timeSeries({
        title: 'Media responses by status',
        shows: 'Requests a second for media, by status.',
        good: '200 and 206, and 302 where a bucket delivers.',
        otherwise:
          '403 and 404: grants that ran out, or links to what was deleted. 5xx: storage, see Errors by code on the System overview.',
        unit: 'reqps',
        width: 8,
        queries: [{ expr: sum(['status'], observed('httpRequestSeconds', MEDIA)), legend: '{{status}}' }],
        stacked: true,
        none: 'No request',
        alerts: ['StorageErrors'],
      }),
      timeSeries({
        title: 'Rate-limited players and uploads',
        shows: 'Requests a second for media or uploads that got 429.',
        good: 'none.',
        otherwise: 'many people behind one address, or a limit that is too narrow: Settings, Limits.',
        unit: 'reqps',
        width: 8,
        queries: [
          { expr: sum(['kind'], rate('rateLimitedTotal', { kind: ['media', 'uploads'] })), legend: '{{kind}}' },
        ],
        none: 'None was refused',
      }),
      timeSeries({
        title: 'Cache hit rate of delivery',
        shows:
          'Share of the questions of delivery (who may play, how long a segment is) that a process answered from its memory.',
        good: 'above 90 % while anybody watches.',
        otherwise: 'low: each segment costs a statement. See Caches on Storage and database.',
        unit: 'percentunit',
        max: 1,
        width: 24,
        queries: [
          {
            expr: `${sum(['cache'], rate('cacheRequestsTotal', { cache: ['grants', 'objects'], result: 'hit' }))} / ${sum(['cache'], rate('cacheRequestsTotal', { cache: ['grants', 'objects'] }))}`,
            legend: '{{cache}}',
          },
        ],
        none: 'Nothing was asked',
      }),
    ],
  };
}

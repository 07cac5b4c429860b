import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { observed, quantile, rate, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

/** Routes that last as long as they are followed, and who only asks whether the API lives: as the rules of the alert have it. */
export const LASTING =
  '/(health|ready|alive)|/media/.*|/api/uploads.*|/api/trpc/events[.].*|/api/v1/videos/:id/(source|renditions/:file)';
const ANSWERED = { route: { unlike: LASTING } } as const;
const ERROR_RATIO = 'sum(job:transcode_http_errors:rate5m) / sum(job:transcode_http_requests:rate5m)';

export function requests(): Row {
  return {
    title: 'Requests to the API',
    panels: [
      timeSeries({
        title: 'Request rate',
        shows: 'Requests a second by class of their status, those that only ask whether the API lives among them.',
        good: 'hardly any 5xx. 4xx are callers’ own mistakes, and a steady part of life.',
        otherwise: '5xx: see Request rate by route, then its traces. A burst of 4xx: one client, most often.',
        unit: 'reqps',
        width: 8,
        queries: [2, 3, 4, 5].map((first) => ({
          expr: sum([], observed('httpRequestSeconds', { status: { like: `${first}..` } })),
          legend: `${first}xx`,
        })),
        names: ['2xx', '3xx', '4xx', '5xx'],
        stacked: true,
        none: 'No request',
      }),
      timeSeries({
        title: 'Error rate',
        shows: 'Share of the requests of 5 minutes that got a 5xx.',
        good: 'below 0.1 %; that is what is promised.',
        otherwise: 'see Request rate by route and Errors by code, and whether Postgres, Redis and storage are up.',
        unit: 'percentunit',
        width: 8,
        queries: [{ expr: ERROR_RATIO, legend: 'fail' }],
        none: 'No request',
        limits: above({ APIErrors: 0.05 }),
        alerts: ['APIAvailabilityBurnsFast', 'APIAvailabilityBurnsSlowly'],
      }),
      timeSeries({
        title: 'Latency',
        shows:
          'How long answers took. Streams of events, uploads and media are left out: they last as long as they are followed.',
        good: 'the median within 50 ms, 99 % within a second.',
        otherwise:
          'compare with Database latency on Storage and database; a point on the line leads to a trace of a slow request.',
        unit: 's',
        width: 8,
        queries: [
          { expr: quantile(0.5, 'httpRequestSeconds', [], ANSWERED), legend: 'median' },
          { expr: quantile(0.95, 'httpRequestSeconds', [], ANSWERED), legend: '95 %' },
          { expr: quantile(0.99, 'httpRequestSeconds', [], ANSWERED), legend: '99 %', exemplars: true },
        ],
        names: ['median', '95 %', '99 %'],
        none: 'No request',
        limits: above({ APILatency: 1 }),
      }),
      timeSeries({
        title: 'Request rate by route',
        shows: 'The ten busiest routes.',
        good: 'the usual ones in their usual order.',
        otherwise: 'one that grows alone is one client; see Rate-limited requests.',
        unit: 'reqps',
        width: 8,
        queries: [
          {
            expr: `topk(10, ${sum(['method', 'route'], observed('httpRequestSeconds'))})`,
            legend: '{{method}} {{route}}',
          },
        ],
        none: 'No request',
      }),
      timeSeries({
        title: 'Requests in flight',
        shows: 'Requests that are being answered just now, streams and uploads among them.',
        good: 'about as many as people watch.',
        otherwise: 'growing while the request rate does not: something that the API waits for hangs.',
        unit: 'short',
        width: 8,
        queries: [{ expr: sum(['instance'], series('httpRequestsInFlight')), legend: '{{instance}}' }],
      }),
      timeSeries({
        title: 'Rate-limited requests',
        shows: 'Requests that were refused with 429, by the limit that they reached.',
        good: 'none, or now and then one.',
        otherwise: 'a client asks in a loop, or the limit is too narrow for what it does: Settings, Limits.',
        unit: 'reqps',
        width: 8,
        queries: [{ expr: sum(['kind'], rate('rateLimitedTotal')), legend: '{{kind}}' }],
      }),
    ],
  };
}

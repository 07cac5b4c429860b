import { CALL_SECONDS, type MetricShape } from './metric-shape.ts';

export const HTTP_METRICS = {
  httpRequestSeconds: {
    name: 'transcode_http_request_duration_seconds',
    kind: 'histogram',
    help: 'Time from the head of a request to the end of its answer. Streams of events, uploads and media last as long as they are followed.',
    labels: {
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'],
      route: { boundedBy: 'the routes of the API, as templates' },
      status: { boundedBy: 'the statuses of HTTP' },
    },
    buckets: CALL_SECONDS,
    from: ['api'],
  },
  httpRequestsInFlight: {
    name: 'transcode_http_requests_in_flight',
    kind: 'gauge',
    help: 'Requests that are being answered.',
    labels: {},
    from: ['api'],
  },
  rateLimitedTotal: {
    name: 'transcode_http_rate_limited_total',
    kind: 'counter',
    help: 'Requests that were refused because their caller had asked too often, by the limit that it reached.',
    labels: { kind: ['api', 'media', 'uploads', 'pages'] },
    from: ['api'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

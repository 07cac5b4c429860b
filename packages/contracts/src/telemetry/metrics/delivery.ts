import type { MetricShape } from './metric-shape.ts';

export const DELIVERY_METRICS = {
  mediaBytesTotal: {
    name: 'transcode_media_bytes_total',
    kind: 'counter',
    help: 'Bytes of media that were sent to players and downloads; what a redirect leaves to the bucket is not among them.',
    labels: { kind: ['playlist', 'segment', 'image', 'text', 'download'] },
    from: ['api'],
  },
  eventStreams: {
    name: 'transcode_event_streams',
    kind: 'gauge',
    help: 'Streams of events that are followed.',
    labels: {},
    from: ['api'],
  },
  eventsSentTotal: {
    name: 'transcode_events_sent_total',
    kind: 'counter',
    help: 'Batches of events that were sent to who follows them.',
    labels: {},
    from: ['api'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

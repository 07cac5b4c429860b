import type { MetricShape } from './metric-shape.ts';

export const UPLOAD_METRICS = {
  uploadsEndedTotal: {
    name: 'transcode_uploads_ended_total',
    kind: 'counter',
    help: 'Uploads that ended, by how.',
    labels: { outcome: ['complete', 'canceled', 'expired'] },
    from: ['api'],
  },
  uploadBytesTotal: {
    name: 'transcode_upload_bytes_total',
    kind: 'counter',
    help: 'Bytes of uploads that are durable.',
    labels: {},
    from: ['api'],
  },
  uploadRequestsTotal: {
    name: 'transcode_upload_requests_total',
    kind: 'counter',
    help: 'Requests that carried bytes of an upload; broken ones ended before all that they announced had come.',
    labels: { result: ['whole', 'broken', 'refused'] },
    from: ['api'],
  },
  uploadsReceiving: {
    name: 'transcode_uploads_receiving',
    kind: 'gauge',
    help: 'Uploads that are not whole yet, from Postgres.',
    labels: {},
    from: ['api'],
    shared: true,
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

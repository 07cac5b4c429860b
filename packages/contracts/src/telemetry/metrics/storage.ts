import { CALL_SECONDS, type MetricShape } from './metric-shape.ts';

const KIND = ['files', 's3'] as const;
const OPERATIONS = ['put', 'get', 'head', 'list', 'delete', 'append', 'finish', 'presign', 'health'] as const;

export const STORAGE_METRICS = {
  storageOperationSeconds: {
    name: 'transcode_storage_operation_duration_seconds',
    kind: 'histogram',
    help: 'Time that operations on storage took, failed ones too; of a get until the object begins, of a put and an append until it is durable.',
    labels: { kind: KIND, operation: OPERATIONS },
    buckets: CALL_SECONDS,
    from: ['api', 'worker'],
  },
  storageErrorsTotal: {
    name: 'transcode_storage_errors_total',
    kind: 'counter',
    help: 'Operations on storage that failed. An object that is not there, or is already, is no failure.',
    labels: { kind: KIND, operation: OPERATIONS },
    from: ['api', 'worker'],
  },
  storageBytesTotal: {
    name: 'transcode_storage_bytes_total',
    kind: 'counter',
    help: 'Bytes that went to storage and came from it.',
    labels: { kind: KIND, direction: ['read', 'written'] },
    from: ['api', 'worker'],
  },
  storedBytes: {
    name: 'transcode_stored_bytes',
    kind: 'gauge',
    help: 'Bytes that are stored, by what they are, from Postgres.',
    labels: { content: ['sources', 'renditions', 'uploads'] },
    from: ['api'],
    shared: true,
  },
  storageFreeBytes: {
    name: 'transcode_storage_free_bytes',
    kind: 'gauge',
    help: 'Bytes that uploads may still use on the disk of storage, what is kept in reserve left out. A bucket does not tell.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  storageSizeBytes: {
    name: 'transcode_storage_size_bytes',
    kind: 'gauge',
    help: 'Bytes that the disk of storage has. A bucket does not tell.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  storageUp: {
    name: 'transcode_storage_up',
    kind: 'gauge',
    help: '1 where storage answered when it was asked for this scrape, else 0.',
    labels: {},
    from: ['api'],
    shared: true,
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

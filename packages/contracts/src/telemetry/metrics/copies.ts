import type { MetricShape } from './metric-shape.ts';

const OF_API = { kind: 'gauge', from: ['api'], shared: true } as const;

/** The copy of the objects in the second store, from Postgres. Without a second store there is no series. */
export const COPY_METRICS = {
  copyLagSeconds: {
    ...OF_API,
    name: 'transcode_copy_lag_seconds',
    help: 'Age of the oldest object that is not in the second store yet: what came since would be lost with the first. 0 where all are there.',
    labels: {},
  },
  copyWaitingObjects: {
    ...OF_API,
    name: 'transcode_copy_waiting_objects',
    help: 'Objects that wait to be copied to the second store.',
    labels: {},
  },
  copyWaitingBytes: {
    ...OF_API,
    name: 'transcode_copy_waiting_bytes',
    help: 'Bytes that wait to be copied to the second store, as far as is known before.',
    labels: {},
  },
  copyFailedObjects: {
    ...OF_API,
    name: 'transcode_copy_failed_objects',
    help: 'Objects that wait to be copied and could not be when it was tried last, for their own sake; they are tried again.',
    labels: {},
  },
  copyStoreUp: {
    ...OF_API,
    name: 'transcode_copy_store_up',
    help: '0 where nothing can be copied to the second store just now, else 1; and whether uploads wait for it.',
    labels: { mode: ['asynchronous', 'synchronous'] },
  },
  copyComparedAt: {
    ...OF_API,
    name: 'transcode_copy_compared_timestamp_seconds',
    help: 'When all that should be in the second store was last looked for there.',
    labels: {},
  },
  copyObjectsTotal: {
    name: 'transcode_copy_objects_total',
    kind: 'counter',
    help: 'Objects of the second store by what became of them: copied, could not be, were removed as the first has them no more, or were gone though they should be there.',
    labels: { result: ['copied', 'failed', 'removed', 'lost'] },
    from: ['api'],
  },
  copyBytesTotal: {
    name: 'transcode_copy_bytes_total',
    kind: 'counter',
    help: 'Bytes that were copied to the second store.',
    labels: {},
    from: ['api'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

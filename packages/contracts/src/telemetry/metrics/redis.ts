import type { MetricShape } from './metric-shape.ts';

export const REDIS_METRICS = {
  redisUp: {
    name: 'transcode_redis_up',
    kind: 'gauge',
    help: '1 where Redis answered when it was asked for this scrape, else 0.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  redisMemoryBytes: {
    name: 'transcode_redis_memory_bytes',
    kind: 'gauge',
    help: 'Memory that Redis uses.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  redisMemoryLimitBytes: {
    name: 'transcode_redis_memory_limit_bytes',
    kind: 'gauge',
    help: 'Memory that Redis may use; 0 where it has no limit.',
    labels: {},
    from: ['api'],
    shared: true,
  },
  redisEvictedKeys: {
    name: 'transcode_redis_evicted_keys_total',
    kind: 'counter',
    help: 'Keys that Redis threw away for want of memory, as it counts them itself. Queues need them: it should be none.',
    labels: {},
    from: ['api'],
    shared: true,
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

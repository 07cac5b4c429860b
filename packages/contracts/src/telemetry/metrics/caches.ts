import type { MetricShape } from './metric-shape.ts';

export const CACHE_METRICS = {
  cacheRequestsTotal: {
    name: 'transcode_cache_requests_total',
    kind: 'counter',
    help: 'Questions to what a process keeps in memory, by whether it knew the answer. endings are why a session ended, grants what may be played with one, objects how long a segment is, sources blocks of an object that ffmpeg reads.',
    labels: {
      cache: ['sessions', 'keys', 'endings', 'grants', 'objects', 'views', 'sources'],
      result: ['hit', 'miss'],
    },
    from: ['api', 'worker'],
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

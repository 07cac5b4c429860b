import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { increase, max, min, shared } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function redis(): Row {
  return {
    title: 'Redis',
    panels: [
      stat({
        title: 'Redis answers',
        shows: 'Whether Redis answers every process of the API.',
        good: 'up.',
        otherwise: 'tasks reach no worker and pages are not live. What it held is delivered again once it is back.',
        unit: 'none',
        width: 4,
        height: 8,
        upDown: true,
        queries: [{ expr: min([], series('redisUp')), legend: 'Redis', as: 'now' }],
        none: 'No API tells',
        alerts: ['RedisDown'],
      }),
      timeSeries({
        title: 'Redis memory (share of limit)',
        shows: 'Memory that Redis uses of what it may use. Where it has no limit there is no line.',
        good: 'below 90 %.',
        otherwise:
          'at 100 % it refuses writes and no task is delivered: raise maxmemory, or see what else keeps keys there.',
        unit: 'percentunit',
        max: 1,
        width: 7,
        queries: [{ expr: `${shared('redisMemoryBytes')} / (${shared('redisMemoryLimitBytes')} > 0)`, legend: 'used' }],
        none: 'It has no limit',
        limits: above({ RedisMemoryNearLimit: 0.9 }),
      }),
      timeSeries({
        title: 'Redis memory',
        shows: 'Memory that Redis uses.',
        good: 'level; a queue takes little.',
        otherwise: 'growing for days: see which keys, by redis-cli --bigkeys.',
        unit: 'bytes',
        width: 6,
        queries: [{ expr: shared('redisMemoryBytes'), legend: 'used' }],
        none: 'No API tells',
      }),
      timeSeries({
        title: 'Evicted keys',
        shows: 'Keys that Redis threw away for want of memory within 15 minutes.',
        good: '0. Queues need their keys.',
        otherwise: 'set its policy to noeviction and give it memory. Tasks are delivered again, but late.',
        unit: 'short',
        decimals: 0,
        width: 7,
        queries: [{ expr: max([], increase('redisEvictedKeys', {}, '15m')), legend: 'thrown away' }],
        none: 'No API tells',
        alerts: ['RedisEvicting'],
      }),
    ],
  };
}

import type { RedisOptions } from 'ioredis';

const RECONNECT_FIRST_MS = 100;
const RECONNECT_MOST_MS = 1_000;
const CONNECT_MS = 5_000;

/** How all our connections reconnect: for ever, and soon after Redis is back. */
export const RECONNECTING = {
  connectTimeout: CONNECT_MS,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(times * RECONNECT_FIRST_MS, RECONNECT_MOST_MS),
} as const satisfies RedisOptions;

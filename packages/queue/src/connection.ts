import type { RedisOptions } from 'ioredis';

const RECONNECT_FIRST_MS = 100;
const RECONNECT_MOST_MS = 1_000;
const CONNECT_MS = 5_000;
/** Longer than BullMQ asks Redis to wait before it answers. */
const SILENT_MS = 15_000;

/** How all our connections reconnect: for ever, and soon after Redis is back. */
export const RECONNECTING = {
  connectTimeout: CONNECT_MS,
  keepAlive: 10_000,
  // A server that lost its power, or a line that was cut, says nothing.
  socketTimeout: SILENT_MS,
  // One that is no master any more refuses what is written: the name leads to another by now. `2`: ask that one again.
  reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 2 : false),
  retryStrategy: (times: number) => Math.min(times * RECONNECT_FIRST_MS, RECONNECT_MOST_MS),
} as const satisfies RedisOptions;

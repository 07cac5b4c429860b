import type { Fault } from '../fault.ts';

/** The queue forgets everything. */
export const flushRedis: Fault = {
  clock: 'strike',
  aim: async ({ redis }) => ({
    what: `FLUSHALL of ${await redis.dbsize()} keys`,
    strike: () => redis.flushall(),
    heal: () => undefined,
  }),
};

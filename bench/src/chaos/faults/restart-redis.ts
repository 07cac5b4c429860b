import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';

/** Redis dies and comes back with what it had on disk: up to a second older than it was, and than Postgres. */
export const restartRedis: Fault = {
  clock: 'strike',
  aim: ({ servers: { redis } }, { awayMs }) => ({
    what: `SIGKILL Redis (pid ${redis.pid}), away for ${awayMs} ms`,
    strike: () => redis.die('SIGKILL'),
    heal: async () => {
      await sleep(awayMs);
      await redis.comeBack();
    },
  }),
};

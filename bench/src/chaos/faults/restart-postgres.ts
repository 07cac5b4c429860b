import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';

/** Postgres ends in the middle of everything, by its own immediate shutdown or killed, and recovers from its log. */
export const restartPostgres: Fault = {
  clock: 'strike',
  aim: ({ servers: { postgres } }, { awayMs, whom }) => {
    const signal = whom < 0.5 ? 'SIGQUIT' : 'SIGKILL';
    return {
      what: `${signal} Postgres (pid ${postgres.pid}), away for ${awayMs} ms`,
      strike: () => postgres.die(signal),
      heal: async () => {
        await sleep(awayMs);
        await postgres.comeBack();
      },
    };
  },
};

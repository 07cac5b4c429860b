import { setTimeout as sleep } from 'node:timers/promises';
import { demandBack, type Fault } from '../fault.ts';
import { victim } from './victims.ts';

/** One replica stands still past every lease that it holds, the election's perhaps, and then goes on. */
export const stopApi: Fault = {
  clock: 'strike',
  aim: (world, planned) => {
    const api = victim(world.apis, planned);
    return {
      what: `SIGSTOP ${api.name} (pid ${api.pid}) for ${planned.awayMs} ms`,
      strike: () => api.signal('SIGSTOP'),
      heal: async () => {
        await sleep(planned.awayMs);
        api.signal('SIGCONT');
        await demandBack(api);
      },
    };
  },
};

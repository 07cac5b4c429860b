import { demandBack, type Fault } from '../fault.ts';
import { victim } from './victims.ts';

/** One replica is gone, the elected one perhaps, and the uploads on it with it. */
export const killApi: Fault = {
  clock: 'strike',
  aim: (world, planned) => {
    const api = victim(world.apis, planned);
    return {
      what: `SIGKILL ${api.name} (pid ${api.pid})`,
      strike: () => api.end('SIGKILL', planned.awayMs),
      heal: () => demandBack(api),
    };
  },
};

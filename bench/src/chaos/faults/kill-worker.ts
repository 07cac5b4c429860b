import { demandBack, type Fault } from '../fault.ts';
import { busyWorker } from './victims.ts';

/** The machine under a worker is gone: no word, no cleaning up. */
export const killWorker: Fault = {
  clock: 'strike',
  aim: async (world, planned) => {
    const worker = await busyWorker(world, planned);
    return {
      what: `SIGKILL ${worker.name} (pid ${worker.pid})`,
      strike: () => worker.end('SIGKILL', planned.awayMs),
      heal: () => demandBack(worker),
    };
  },
};

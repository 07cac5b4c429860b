import { demandBack, type Fault } from '../fault.ts';
import { busyWorker } from './victims.ts';

/** A worker is asked to stop, as at each update: it finishes what it has, or hands it back. */
export const termWorker: Fault = {
  clock: 'strike',
  aim: async (world, planned) => {
    const worker = await busyWorker(world, planned);
    const ended = worker.ended();
    return {
      what: `SIGTERM ${worker.name} (pid ${worker.pid})`,
      strike: () => worker.end('SIGTERM'),
      heal: async () => {
        const { code, signal } = await ended;
        if (code !== 0) throw new Error(`${worker.name} ended with ${signal ?? code} after SIGTERM, not with 0`);
        await demandBack(worker);
      },
    };
  },
};

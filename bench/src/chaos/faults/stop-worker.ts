import { setTimeout as sleep } from 'node:timers/promises';
import { demandBack, type Fault } from '../fault.ts';
import { descendantsOf, signalIfAlive } from '../../process-table.ts';
import { busyWorker } from './victims.ts';

/** A worker and its ffmpegs stand still past the lease, and then go on as if nothing had been: a zombie. */
export const stopWorker: Fault = {
  clock: 'strike',
  aim: async (world, planned) => {
    const worker = await busyWorker(world, planned);
    let children: readonly number[] = [];
    return {
      what: `SIGSTOP ${worker.name} (pid ${worker.pid}) and its ffmpegs for ${planned.awayMs} ms`,
      strike: () => {
        worker.signal('SIGSTOP');
        children = descendantsOf(worker.pid).map(({ pid }) => pid);
        for (const pid of children) signalIfAlive(pid, 'SIGSTOP');
      },
      heal: async () => {
        await sleep(planned.awayMs);
        for (const pid of children) signalIfAlive(pid, 'SIGCONT');
        worker.signal('SIGCONT');
        await demandBack(worker);
      },
    };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { victim } from './victims.ts';

/** Something else fills the disk that a worker has its scratch on. */
export const fillScratch: Fault = {
  clock: 'strike',
  aim: (world, planned) => {
    const volume = victim(world.scratch, planned);
    return {
      what: `scratch of ${victim(world.workers, planned).name} full for ${planned.awayMs} ms`,
      strike: () => volume.fill(),
      heal: async () => {
        await sleep(planned.awayMs);
        await volume.empty();
      },
    };
  },
};

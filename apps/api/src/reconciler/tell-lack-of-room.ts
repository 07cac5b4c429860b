import { lackOfRoom } from '@transcode/storage';
import type { Services } from '../context.ts';
import type { Step } from './step.ts';

/** Tells the log when nothing more may be written to the storage's disk, and when something may again. */
export function tellLackOfRoom({ storage, log }: Pick<Services, 'storage' | 'log'>): Step['run'] {
  let lacked = false;
  return async () => {
    const lack = lackOfRoom('the storage', await storage.room());
    if (lack !== undefined && !lacked) log.error({ reason: lack }, 'The storage takes nothing more');
    if (lack === undefined && lacked) log.info('The storage has room again');
    lacked = lack !== undefined;
  };
}

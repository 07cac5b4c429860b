import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';

/** The storage is away for a while: it refuses connections, or takes them and is silent. */
export const stopS3: Fault = {
  clock: 'heal',
  aim: ({ servers: { s3 } }, { awayMs, whom }) => {
    if (s3 === undefined) throw new Error('There is no S3 server to stop.');
    const silent = whom < 0.5;
    return {
      what: `S3 ${silent ? 'silent' : 'gone'} for ${awayMs} ms`,
      strike: () => (silent ? s3.signal('SIGSTOP') : s3.die('SIGKILL')),
      heal: async () => {
        await sleep(awayMs);
        if (silent) s3.signal('SIGCONT');
        else await s3.comeBack();
      },
    };
  },
};

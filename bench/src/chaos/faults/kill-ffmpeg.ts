import { signalIfAlive } from '../../process-table.ts';
import type { Fault } from '../fault.ts';
import { runningFfmpeg } from './victims.ts';

/** The system takes one ffmpeg away, for its memory perhaps; its worker lives. */
export const killFfmpeg: Fault = {
  clock: 'strike',
  aim: async (world, planned) => {
    const ffmpeg = await runningFfmpeg(world, planned);
    return {
      what: ffmpeg === undefined ? 'no ffmpeg to kill' : `SIGKILL ffmpeg ${ffmpeg.pid} of ${ffmpeg.worker}`,
      strike: () => ffmpeg && signalIfAlive(ffmpeg.pid, 'SIGKILL'),
      heal: () => undefined,
    };
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import { ServerStartError } from './server-process.ts';
import { freePort } from './free-port.ts';

const TRIES = 5;
const AGAIN_MS = 200;

/**
 * Starts on the wanted port, or else on a free one. Where somebody was faster it tries again: on another, or on the wanted one, which
 * may be free by then, as may be what else it listens on.
 */
export async function withFreePort<T>(wanted: number | undefined, start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(wanted ?? (await freePort()));
    } catch (error) {
      const taken = error instanceof ServerStartError && /address already in use/i.test(error.tail);
      if (!taken || attempt === TRIES) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

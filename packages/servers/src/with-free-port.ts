import { ServerStartError } from './server-process.ts';
import { freePort } from './free-port.ts';

const TRIES = 5;

/** Starts on the wanted port, or else on a free one, and on another where somebody was faster. */
export async function withFreePort<T>(wanted: number | undefined, start: (port: number) => Promise<T>): Promise<T> {
  if (wanted !== undefined) return start(wanted);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      const taken = error instanceof ServerStartError && /address already in use/i.test(error.tail);
      if (!taken || attempt === TRIES) throw error;
    }
  }
}

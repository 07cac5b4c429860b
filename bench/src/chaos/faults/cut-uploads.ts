import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';

/** Somebody uploads again by then. */
const UPLOADING_MS = 10_000;
const LOOK_MS = 50;

/** Every connection to the APIs breaks at once, in the middle of what is uploaded. */
export const cutUploads: Fault = {
  clock: 'strike',
  aim: async ({ lines }) => {
    const open = (): number => lines.reduce((sum, line) => sum + line.open(), 0);
    const deadline = Date.now() + UPLOADING_MS;
    while (open() === 0 && Date.now() < deadline) await sleep(LOOK_MS);
    return {
      what: `${open()} connections to the APIs cut`,
      strike: () => lines.forEach((line) => line.cut()),
      heal: () => undefined,
    };
  },
};

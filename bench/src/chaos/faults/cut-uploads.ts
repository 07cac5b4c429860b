import type { Fault } from '../fault.ts';

/** Every connection to the APIs breaks at once, in the middle of what is uploaded. */
export const cutUploads: Fault = {
  clock: 'strike',
  aim: ({ lines }) => ({
    what: `${lines.reduce((sum, line) => sum + line.open(), 0)} connections to the APIs cut`,
    strike: () => lines.forEach((line) => line.cut()),
    heal: () => undefined,
  }),
};

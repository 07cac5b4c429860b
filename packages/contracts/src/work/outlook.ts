import * as z from 'zod';
import { TaskClass } from './stages.ts';
import { ControlView } from '../views/worker-views.ts';

const seconds = z.number().nonnegative();

/** When something will be done, by the work that is left and the speed that there is; or why nobody can say so. */
export const Outlook = z.discriminatedUnion('kind', [
  /** In about `seconds`; four of five times between `low` and `high`. `atLeast`: there are videos whose work is not known before they are read. */
  z.object({ kind: z.literal('known'), seconds, low: seconds, high: seconds, atLeast: z.boolean() }),
  /** Operators stopped a class that it needs. `now`: something of it waits for that already. */
  z.object({ kind: z.literal('stopped'), class: TaskClass, now: z.boolean(), controls: z.array(ControlView) }),
  /** No worker that is well does what it needs. */
  z.object({ kind: z.literal('unserved'), class: TaskClass, now: z.boolean() }),
  /** Too little of such work was seen, or nobody has read the file yet. */
  z.object({ kind: z.literal('unknown') }),
]);
export type Outlook = z.infer<typeof Outlook>;

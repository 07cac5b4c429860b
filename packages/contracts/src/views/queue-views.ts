import * as z from 'zod';
import { Outlook } from '../work/outlook.ts';
import { Stage, TaskClass } from '../work/stages.ts';
import { Priority } from '../work/states.ts';
import { ControlView } from './worker-views.ts';
import { Time } from '../time.ts';

/** What the API shows of queues. Times are ISO 8601 in UTC. */

/** A task in line, as far as it is shown. */
export const QueuedTaskView = z.object({
  id: z.uuid(),
  jobId: z.uuid(),
  videoId: z.uuid(),
  videoTitle: z.string(),
  stage: Stage,
  index: z.int(),
  priority: Priority,
  queuedAt: Time.nullable(),
  /** Not before this: it failed, and rests. */
  notBefore: Time.nullable(),
  /** It was begun before, and lost or handed back. */
  begun: z.boolean(),
  /** It may only be done by the ffmpeg that began its video. */
  boundToEncoder: z.boolean(),
});
export type QueuedTaskView = z.infer<typeof QueuedTaskView>;

export const QueueView = z.object({
  class: TaskClass,
  waiting: z.object({ low: z.int(), normal: z.int(), high: z.int() }),
  /** Of those, the ones that rest after a failure. */
  resting: z.int(),
  running: z.int(),
  oldestQueuedAt: Time.nullable(),
  /** Over the last ten minutes. */
  donePerMinute: z.number(),
  /** When all that is known of it is done, also what waits for earlier stages; null where nothing waits or runs. */
  outlook: Outlook.nullable(),
  /** How long what was ended in the last ten minutes had waited, on average. */
  meanWaitSeconds: z.number().nullable(),
  /** Workers that serve the class, whether they can take tasks or not. */
  workers: z.int(),
  /** Those of them that can. */
  ableWorkers: z.int(),
  /** What stops it: of the class, and of everything. */
  controls: z.array(ControlView),
});
export type QueueView = z.infer<typeof QueueView>;

/** Jobs that failed for one cause. */
export const FailureCause = z.object({
  code: z.string(),
  /** All that failed, also those whose video was tried again since. */
  count: z.int(),
  /** Those whose video has failed still: these need somebody. */
  retryable: z.int(),
  /** There were more failures than are counted: the oldest are in neither. */
  more: z.boolean(),
  /** The one that failed last, of those that need somebody where there are any. */
  last: z.object({ jobId: z.uuid(), videoId: z.uuid(), videoTitle: z.string(), sentence: z.string(), at: Time }),
});
export type FailureCause = z.infer<typeof FailureCause>;

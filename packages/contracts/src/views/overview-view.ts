import * as z from 'zod';
import { Outlook } from '../work/outlook.ts';
import { TaskClass } from '../work/stages.ts';
import { ControlState, WorkerState } from '../work/states.ts';
import { Time } from '../time.ts';
import { ControlView } from './worker-views.ts';

const Severity = z.enum(['broken', 'held', 'notice']);

/** It is counted up to a bound; `more` says that there are more. */
const Counted = { count: z.int(), more: z.boolean() };

/** What needs an operator now. */
export const Need = z.discriminatedUnion('kind', [
  /** Nothing is taken, told or published while it is away. */
  z.object({
    kind: z.literal('dependencyAway'),
    severity: Severity,
    what: z.enum(['queue', 'storage']),
    reason: z.string(),
  }),
  /** `since`: when one was last there; null where none ever was. */
  z.object({ kind: z.literal('noReconciler'), severity: Severity, since: Time.nullable() }),
  z.object({ kind: z.literal('storageFilling'), severity: Severity, freeBytes: z.int(), totalBytes: z.int() }),
  /** Less is free than stays free: nothing is written there until there is more. */
  z.object({ kind: z.literal('storageFull'), severity: Severity, freeBytes: z.int(), reserveBytes: z.int() }),
  z.object({ kind: z.literal('noWorkerOfClass'), severity: Severity, class: TaskClass, waiting: z.int() }),
  /** Somebody stopped it, and work waits for it. */
  z.object({
    kind: z.literal('workStopped'),
    severity: Severity,
    class: TaskClass,
    waiting: z.int(),
    controls: z.array(ControlView),
  }),
  /** It takes long as things are. */
  z.object({
    kind: z.literal('backlogLong'),
    severity: Severity,
    class: TaskClass,
    waiting: z.int(),
    seconds: z.number(),
  }),
  z.object({
    kind: z.literal('workerQuarantined'),
    severity: Severity,
    workerId: z.string(),
    reason: z.string(),
    since: Time,
    until: Time,
  }),
  /** Jobs whose video has failed and was neither tried again with success nor deleted; of the last 24 hours. */
  z.object({
    kind: z.literal('jobsFailed'),
    severity: Severity,
    code: z.string(),
    sentence: z.string(),
    /** One of them, the latest. */
    jobId: z.uuid(),
    videoId: z.uuid(),
    ...Counted,
  }),
  z.object({ kind: z.literal('outboxStuck'), severity: Severity, oldest: Time, ...Counted }),
  /** `received`: every byte came, and the video still does not begin. `silent`: no byte came for a day. */
  z.object({
    kind: z.literal('uploadsStuck'),
    severity: Severity,
    how: z.enum(['received', 'silent']),
    oldest: Time,
    ...Counted,
  }),
  /** Told in words: what is wrong is the store's or the installation's to say. */
  z.object({
    kind: z.literal('backups'),
    severity: Severity,
    how: z.enum(['failed', 'storeAway', 'sameDisk']),
    title: z.string(),
    meaning: z.string(),
  }),
  z.object({
    kind: z.literal('controlForgotten'),
    severity: Severity,
    scope: z.string(),
    state: ControlState,
    by: z.string(),
    at: Time,
  }),
]);
export type Need = z.infer<typeof Need>;

export const BacklogView = z.object({
  class: TaskClass,
  /** Counted up to a bound; of more, as many as there were half a minute ago. */
  waiting: z.int(),
  running: z.int(),
  /** Tasks that were completed in a minute, over the last ten minutes. */
  donePerMinute: z.number(),
  /** When all that is known of it is done, also what waits for earlier stages; null where nothing waits or runs. */
  outlook: Outlook.nullable(),
});
export type BacklogView = z.infer<typeof BacklogView>;

export const OverviewView = z.object({
  /** Worst first. */
  needs: z.array(Need),
  /** Classes in which something waits or runs, or that a worker serves. */
  backlog: z.array(BacklogView),
  /** All that waited, over the last hours, oldest first. */
  backlogHistory: z.array(z.object({ at: Time, waiting: z.int(), running: z.int() })),
  /** Workers that have not stopped. */
  workers: z.array(z.object({ id: z.string(), state: WorkerState, tasks: z.int(), slots: z.int() })),
  /** Failed jobs of each hour of the last 24; `at` is its beginning. */
  errors: z.array(z.object({ at: Time, count: z.int() })),
  /** Video that became ready in each hour of the last 24, in seconds of its length. */
  output: z.array(z.object({ at: Time, videos: z.int(), videoSeconds: z.number() })),
  /** Null until it was added up for the first time. */
  storage: z
    .object({
      at: Time,
      videos: z.int(),
      sourceBytes: z.int(),
      publishedBytes: z.int(),
      /** Of the disk, where storage is one that can tell. */
      freeBytes: z.int().nullable(),
      totalBytes: z.int().nullable(),
    })
    .nullable(),
});
export type OverviewView = z.infer<typeof OverviewView>;

import * as z from 'zod';
import { Time } from '../time.ts';
import { MAINTENANCE_KINDS, OPERATION_KINDS, OPERATION_STATES, SCHEDULED_OPERATION_KINDS } from '../work/operations.ts';
import { ErasureKind } from './erasure-views.ts';
import { RestoreFound } from './restore-views.ts';

export const OperationKind = z.enum(OPERATION_KINDS);
export type OperationKind = z.infer<typeof OperationKind>;

export const ScheduledOperationKind = z.enum(SCHEDULED_OPERATION_KINDS);
export type ScheduledOperationKind = z.infer<typeof ScheduledOperationKind>;

export const OperationState = z.enum(OPERATION_STATES);
export type OperationState = z.infer<typeof OperationState>;

/** One run of it: asked for by somebody, or by schedule. */
export const OperationView = z.object({
  id: z.uuid(),
  kind: OperationKind,
  state: OperationState,
  /** Who asked; null where it was its time. */
  askedBy: z.string().nullable(),
  /** Which step it is at, from 1; 0 before the first. */
  step: z.int(),
  /** What is done just now, in words. */
  doing: z.string().nullable(),
  /** Who wants it to stop, before and after it has. */
  canceledBy: z.string().nullable(),
  /** What was wrong, or has to be looked at though it was completed. */
  sentence: z.string().nullable(),
  /** Of a restore, and its dry run: which video, as whoever asked says it or as it is called, with its id once that is known; and from which backup, null for the newest. */
  about: z.object({ video: z.string(), videoId: z.uuid().nullable(), backup: z.string().nullable() }).nullable(),
  /** What a dry run has found. */
  found: RestoreFound.nullable(),
  /** Each step that was begun. */
  steps: z.array(z.object({ at: Time, doing: z.string() })),
  createdAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
});
export type OperationView = z.infer<typeof OperationView>;

export const MaintenanceKind = z.enum(MAINTENANCE_KINDS);
export type MaintenanceKind = z.infer<typeof MaintenanceKind>;

/** Work that is no video's, in a list of all of it. */
export const MaintenanceItem = OperationView.extend({
  kind: MaintenanceKind,
  /** What was erased, and how much of it is gone; its receipt tells the rest. Null of all else. */
  erased: z.object({ kind: ErasureKind, subjectId: z.uuid(), rows: z.int(), objects: z.int() }).nullable(),
});
export type MaintenanceItem = z.infer<typeof MaintenanceItem>;

/** `good`: it was restored, and counts. `unproven`: it never was. `bad`, `damaged`: it cannot be. `failed`: there is none. */
export const BackupOutcome = z.enum(['good', 'unproven', 'bad', 'damaged', 'failed']);
export type BackupOutcome = z.infer<typeof BackupOutcome>;

/** One backup that lies in the store, or an attempt at one that came to nothing. */
export const BackupView = z.object({
  /** Null where nothing came of it. */
  id: z.string().nullable(),
  outcome: BackupOutcome,
  /** What is in it is as it was then; null where that cannot be read. */
  at: Time.nullable(),
  reason: z.enum(['schedule', 'asked', 'upgrade', 'restore']).nullable(),
  bytes: z.int().nullable(),
  encrypted: z.boolean(),
  /** How long it took to make it, and to restore it. */
  seconds: z.number().nullable(),
  restoreSeconds: z.number().nullable(),
  restoredAt: Time.nullable(),
  /** Objects that its videos need and storage had lost by then. */
  missingObjects: z.int(),
  /** Why it does not count. */
  sentence: z.string().nullable(),
});
export type BackupView = z.infer<typeof BackupView>;

export const DrillView = z.object({
  at: Time,
  passed: z.boolean(),
  backup: z.string(),
  /** Both in seconds. */
  rto: z.number(),
  rpo: z.number(),
  /** Whether a video was played; there may have been none. */
  played: z.boolean(),
  /** Whether all that one is played from was read instead, where nothing could play it. */
  read: z.boolean(),
  sentence: z.string().nullable(),
});
export type DrillView = z.infer<typeof DrillView>;

/** The copy of the objects in a second store. */
export const CopiesView = z.object({
  url: z.string(),
  /** Whether an upload is called complete only once it is there. */
  synchronous: z.boolean(),
  /** Age of the oldest object that is not there yet. */
  lagSeconds: z.number(),
  waitingObjects: z.int(),
  waitingBytes: z.int(),
  /** Of those that wait, the ones that could not be copied when it was tried last; and why one of them could not. */
  failedObjects: z.int(),
  failure: z.string().nullable(),
  /** Why nothing is copied just now. */
  trouble: z.string().nullable(),
  /** When all that should be there was last looked for there. */
  comparedAt: Time.nullable(),
});
export type CopiesView = z.infer<typeof CopiesView>;

export const BackupsView = z.object({
  /** Null where nobody has told the API where they are. */
  store: z
    .object({
      url: z.string(),
      /** It is the disk that they are to protect. */
      sameDisk: z.boolean(),
      /** Why it cannot be read just now; what is told is then as old as it is. */
      trouble: z.string().nullable(),
    })
    .nullable(),
  /** Who makes them here, and when next; null where nobody does. `nextDrillAt` is null where none can be held. */
  runner: z.object({ nextBackupAt: Time, nextDrillAt: Time.nullable() }).nullable(),
  lastGood: BackupView.nullable(),
  /** What waits or runs, and what ended last. */
  operations: z.array(OperationView),
  /** The newest first, at most a hundred of each. */
  backups: z.array(BackupView),
  drills: z.array(DrillView),
  /** Null where objects are not copied. */
  copies: CopiesView.nullable(),
});
export type BackupsView = z.infer<typeof BackupsView>;

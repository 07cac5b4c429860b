import * as z from 'zod';
import { Time } from '../time.ts';

/** What would become of the rows of one table. */
export const TableChange = z.object({
  /** As SQL has it, such as `"Video"`. */
  table: z.string(),
  added: z.int(),
  replaced: z.int(),
  same: z.int(),
});
export type TableChange = z.infer<typeof TableChange>;

/** What a restore of one video would do. */
export const VideoRestorePlan = z.object({
  found: z.literal('plan'),
  videoId: z.uuid(),
  workspaceId: z.uuid(),
  title: z.string(),
  backup: z.string(),
  /** What would come back is as it was then. */
  at: Time,
  changes: z.array(TableChange),
  /** Work that was under way then: it would come back canceled. */
  canceledJobs: z.int(),
  objects: z.object({
    /** In the storage. */
    there: z.int(),
    /** Only in the second store, from where they would be fetched. */
    fetched: z.int(),
    lost: z.int(),
    /** As many of those as it is played from. */
    lostPlayed: z.int(),
    /** Some of those that nobody has. */
    named: z.array(z.string()),
  }),
});
export type VideoRestorePlan = z.infer<typeof VideoRestorePlan>;

/** One of several that were called so in the backup. */
export const VideoThen = z.object({ id: z.uuid(), workspaceId: z.uuid(), title: z.string(), createdAt: Time });
export type VideoThen = z.infer<typeof VideoThen>;

/** What a dry run has found. */
export const RestoreFound = z.discriminatedUnion('found', [
  VideoRestorePlan,
  z.object({
    found: z.literal('several'),
    backup: z.string(),
    videos: z.array(VideoThen),
    /** There are others that are not listed. */
    more: z.boolean(),
  }),
]);
export type RestoreFound = z.infer<typeof RestoreFound>;

/** What a dry run is asked. */
export const RestorePlanInput = z.object({
  /** Null: the newest that counts. */
  backup: z.string().nullable(),
  /** Its id, or some of its title in the backup. */
  video: z.string(),
});
export type RestorePlanInput = z.infer<typeof RestorePlanInput>;

/** What a restore is asked: what a dry run has found, and nothing else. */
export const RestoreInput = z.object({
  videoId: z.uuid(),
  workspaceId: z.uuid(),
  title: z.string(),
  backup: z.string(),
  changes: z.array(TableChange),
  /** Also where rows that are there become other ones. */
  replace: z.boolean(),
  /** Also where nobody has all that it is played from. */
  incomplete: z.boolean(),
  by: z.object({ kind: z.enum(['user', 'key']), id: z.uuid() }),
});
export type RestoreInput = z.infer<typeof RestoreInput>;

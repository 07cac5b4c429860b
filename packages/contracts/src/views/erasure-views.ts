import * as z from 'zod';
import { Time } from '../time.ts';

export const ErasureKind = z.enum(['video', 'user', 'workspace']);
export type ErasureKind = z.infer<typeof ErasureKind>;

/** The receipt of an erasure. Nothing in it is personal: what was erased is an id that leads nowhere any more. */
export const ErasureView = z.object({
  id: z.uuid(),
  kind: ErasureKind,
  /** Of the video, the user or the workspace. */
  subjectId: z.uuid(),
  /** Who asked, with the name while that account or key is there; null: somebody who has the machine. */
  askedBy: z.object({ kind: z.enum(['user', 'key']), id: z.uuid(), name: z.string().nullable() }).nullable(),
  askedAt: Time,
  /** When neither database nor storage had anything of it any more; null while that is under way. */
  erasedAt: Time.nullable(),
  /** Rows that were removed, or emptied of what was personal; and objects. */
  rows: z.int(),
  objects: z.int(),
  /** When the store of backups was told, so that no restore brings it back; null while it is not, or where there is none. */
  tombstoneAt: Time.nullable(),
  /** When a restore had brought it back and it was erased once more, before anybody saw it. */
  reappliedAt: Time.nullable(),
  /** Null where no backups are kept, and while it is under way. */
  backups: z
    .object({
      /** From then on no backup that is kept has it, as long as new ones are made each night. */
      until: Time,
      /** How many that were made before lie in the store just now; null where that cannot be read. */
      left: z.int().nullable(),
    })
    .nullable(),
});
export type ErasureView = z.infer<typeof ErasureView>;

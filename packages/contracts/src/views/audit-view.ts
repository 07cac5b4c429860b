import * as z from 'zod';
import { Time } from '../time.ts';

/** One thing that somebody changed. */
export const AuditView = z.object({
  id: z.uuid(),
  at: Time,
  /** Absent where nobody signed in did it. */
  actor: z.object({ kind: z.enum(['user', 'key']), id: z.uuid(), name: z.string() }).nullable(),
  workspace: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** `video.delete`: the procedure that did it. */
  action: z.string(),
  /** An id, or the name where the thing has none. */
  target: z.string(),
  /** All of it in words: who did what, to what, from which value to which. */
  sentence: z.string(),
  /** What it was done to, as far as it is still there. */
  about: z
    .object({ kind: z.enum(['video', 'job', 'preset', 'key', 'user', 'workspace', 'worker']), id: z.string() })
    .nullable(),
  /** What the thing was called, where that was written down or is still known. */
  targetName: z.string().nullable(),
  /** The values that changed, by name; absent where there were none before, or are none after. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** Whatever else was written down. */
  details: z.record(z.string(), z.unknown()),
});
export type AuditView = z.infer<typeof AuditView>;

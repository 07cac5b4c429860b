import * as z from 'zod';
import { Time } from '../time.ts';

/** Something that somebody did to a video or to the work on it, for whoever may see that. */
export const DeedView = z.object({
  id: z.uuid(),
  at: Time,
  /** `job.cancel`: as in the audit log. */
  action: z.string(),
  /** Who did what, in words. */
  sentence: z.string(),
});
export type DeedView = z.infer<typeof DeedView>;

import * as z from 'zod';

export const FailureView = z.object({
  code: z.string(),
  /** What happened and what to do, for everybody. */
  sentence: z.string(),
  /** What exactly happened, where that is more than the sentence; for operators and administrators. */
  detail: z.string().nullable(),
  /** The last words of ffmpeg, for the same. */
  tail: z.string().nullable(),
});
export type FailureView = z.infer<typeof FailureView>;

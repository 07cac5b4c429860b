import * as z from 'zod';
import { Stage } from './stages.ts';
import { Time } from '../time.ts';

/** Redis' stream of what workers have said about a job lately. It goes by itself. */
export function jobLogKey(jobId: string): string {
  return `transcode:log:${jobId}`;
}

/** How long a job's lines are kept after the last one, in milliseconds (24 hours), and how many. */
export const JOB_LOG_KEPT_MS = 24 * 3600 * 1000;
export const JOB_LOG_LINES = 1_000;

/** One line of a worker's log, as far as it is for people. */
export const JobLogLine = z.object({
  time: Time,
  level: z.string(),
  worker: z.string(),
  stage: Stage.nullable(),
  index: z.int().nullable(),
  text: z.string(),
  /** What an error said, without where in the program it came from. */
  cause: z.string().nullable(),
  /** What a program said meanwhile, such as ffmpeg. */
  said: z.array(z.string()).default([]),
});
export type JobLogLine = z.infer<typeof JobLogLine>;

/** The lines after a place, and the place after them. */
export const JobLogPage = z.object({
  lines: z.array(JobLogLine.extend({ id: z.string() })),
  next: z.string().nullable(),
});
export type JobLogPage = z.infer<typeof JobLogPage>;

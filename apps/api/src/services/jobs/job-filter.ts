import { atMost, JobState, Priority, TITLE_MAX_LENGTH, Text } from '@transcode/contracts';
import type { JobFilter } from '@transcode/db';
import * as z from 'zod';
import type { Principal } from '../../identity/principal.ts';
import { oneOrMore } from '../lists/one-or-more.ts';

/** What jobs can be narrowed to, for lists and for what is done to many at once. */
export const JobFilterInput = z.object({
  state: oneOrMore(JobState).optional(),
  priority: oneOrMore(Priority).optional(),
  preset: Text.min(1).check(atMost(100)).optional(),
  /** Part of the video's title. */
  search: Text.check(atMost(TITLE_MAX_LENGTH)).trim().min(1).optional(),
  failureCode: Text.regex(/^[a-z_]{1,60}$/).optional(),
  /** Created then or later. */
  since: z.iso.datetime().optional(),
  /** Created before. */
  until: z.iso.datetime().optional(),
  /** Ended then or later. */
  endedSince: z.iso.datetime().optional(),
});
export type JobFilterInput = z.output<typeof JobFilterInput>;

export function jobFilter({ workspaceIds }: Principal, input: JobFilterInput): JobFilter {
  return {
    workspaceIds,
    states: input.state,
    priorities: input.priority,
    preset: input.preset,
    failureCode: input.failureCode,
    search: input.search,
    since: dateOf(input.since),
    until: dateOf(input.until),
    endedSince: dateOf(input.endedSince),
  };
}

function dateOf(time: string | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

import { BULK_NAMED } from '@transcode/contracts';
import type { JobState } from '@transcode/contracts';
import { findJobs, type FoundJobs } from '@transcode/db';
import * as z from 'zod';
import type { SignedInContext } from '../../context.ts';
import { jobFilter, JobFilterInput } from './job-filter.ts';
import { visibleTo } from '../workspaces/visible.ts';

/** Which jobs are meant: these, or all that a filter has. */
export const JobSelection = z.object({
  ids: z.array(z.uuid()).min(1).max(BULK_NAMED).optional(),
  filter: JobFilterInput.optional(),
  /** Where a call before this one came to. */
  cursor: z.uuid().optional(),
  /** Only count them. */
  dryRun: z.boolean().default(false),
});
export type JobSelection = z.output<typeof JobSelection>;

/** Nothing is done to jobs that nobody has named: it has either ids or a filter, which the document says in its own way. */
export function demandNames<T extends z.ZodType<JobSelection>>(selection: T): T {
  return selection
    .refine(
      ({ ids, filter }) => (ids === undefined) !== (filter === undefined),
      'Name jobs by their ids or by a filter',
    )
    .meta({ oneOf: [{ required: ['ids'] }, { required: ['filter'] }] });
}

interface Page {
  readonly states: readonly JobState[];
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** Those of the selected jobs that are in certain states, from new to old. */
export async function readSelection(
  { services: { db }, identity }: SignedInContext,
  { ids, filter = {} }: JobSelection,
  { states, cursor, limit }: Page,
): Promise<FoundJobs> {
  if (ids === undefined) {
    const among = states.filter((state) => filter.state === undefined || filter.state.includes(state));
    if (among.length === 0) return { ids: [], next: undefined };
    return findJobs(db, { ...jobFilter(identity, filter), states: among }, { before: cursor, limit });
  }
  const rows = await db.job.findMany({
    where: { id: { in: [...ids] }, state: { in: [...states] }, videoDeleted: false, ...visibleTo(identity) },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  return { ids: rows.map(({ id }) => id), next: undefined };
}

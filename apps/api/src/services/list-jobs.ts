import type { JobItem } from '@transcode/contracts';
import { findJobs, readJobRows, readStandings } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { jobItem } from '../views/job-item.ts';
import { jobFilter, type JobFilterInput } from './job-filter.ts';
import { maySee } from './visible.ts';

export interface JobListInput extends JobFilterInput {
  readonly ids?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of jobs as rows of a table: nothing of a job is read that a row does not show. */
export async function listJobs(
  context: SignedInContext,
  { ids: named, cursor, limit, ...input }: JobListInput,
): Promise<{ items: JobItem[]; nextCursor: string | null }> {
  const { db } = context.services;
  if (named !== undefined) return { items: await readItems(context, named), nextCursor: null };
  const { ids, next } = await findJobs(db, jobFilter(context.identity, input), { before: cursor, limit });
  return { items: await readItems(context, ids), nextCursor: next ?? null };
}

async function readItems({ services: { db }, identity }: SignedInContext, ids: readonly string[]): Promise<JobItem[]> {
  const rows = (await readJobRows(db, ids)).filter(({ workspaceId }) => maySee(identity, workspaceId));
  const standings = await readStandings(db, rows);
  return rows.map((row) => jobItem(row, standings.get(row.id)));
}

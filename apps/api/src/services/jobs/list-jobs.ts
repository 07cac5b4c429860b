import type { JobItem } from '@transcode/contracts';
import { findJobs, findJobVersions, readJobRows, readStandings, type JobVersion } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { jobItem } from '../../views/job-item.ts';
import { isListedAtRest, keptBy } from '../../views/resting.ts';
import { isOpen } from '../estimate/estimator.ts';
import { jobFilter, type JobFilterInput } from './job-filter.ts';
import { maySee } from '../workspaces/visible.ts';

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

async function readItems(context: SignedInContext, ids: readonly string[]): Promise<JobItem[]> {
  const { services, identity } = context;
  const { db, resting, estimator } = services;
  const seen = (await findJobVersions(db, ids)).filter(({ workspaceId }) => maySee(identity, workspaceId));
  const known = new Map<string, JobItem>();
  const unknown = new Map<string, JobVersion>();
  for (const job of seen) {
    const item = resting.jobs.get(...keptBy(context, job));
    if (item === undefined) unknown.set(job.id, job);
    else known.set(job.id, item);
  }
  const rows = await readJobRows(db, [...unknown.keys()]);
  const open = rows.filter(isOpen).map(({ id }) => id);
  const [standings, outlooks] = await Promise.all([readStandings(db, rows), estimator.ofJobs(open)]);
  for (const row of rows) {
    const item = jobItem(row, { standing: standings.get(row.id), outlook: outlooks.get(row.id), asking: identity });
    const version = unknown.get(row.id);
    if (version !== undefined && isListedAtRest(row)) resting.jobs.set(...keptBy(context, version), item);
    known.set(row.id, item);
  }
  // The video of one may have been deleted since its version was read.
  return seen.flatMap(({ id }) => known.get(id) ?? []);
}

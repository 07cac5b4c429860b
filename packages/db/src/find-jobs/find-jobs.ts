import type { Database } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { listed, type JobFilter } from './job-filter.ts';
import { pageOf, type FoundJobs, type Page } from './page.ts';
import { searchJobs } from './search-jobs.ts';

/**
 * A page of jobs, newest first, from `before` on. Every combination of filters reads little more than the page: states and priorities
 * are gone over one by one, as an index holds each of them in the order of ids.
 */
export async function findJobs(db: Database, filter: JobFilter, page: Page): Promise<FoundJobs> {
  if (filter.search === undefined) return pageOf(await listIds(db, filter, page), page.limit);
  return searchJobs(db, filter, filter.search, page);
}

async function listIds(db: Database, filter: JobFilter, { before, limit }: Page): Promise<string[]> {
  const rows = await readRows<{ id: string }>(db, listed(filter, { before, limit: limit + 1 }));
  return rows.map(({ id }) => id);
}

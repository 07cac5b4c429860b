import { JobStanding } from '@transcode/contracts';
import type { Database } from '../database.ts';
import type { JobRow } from '../jobs/read-job-rows.ts';
import { readJobOutlines } from './read-job-outlines.ts';
import { standingOf } from './standing-of.ts';

const StoredStanding = JobStanding.nullable().catch(null);

/** By the jobs' ids. Of those that have not begun, or are completed, there is nothing to say, and nothing is read. */
export async function readStandings(db: Database, rows: readonly JobRow[]): Promise<Map<string, JobStanding>> {
  const standings = new Map<string, JobStanding>();
  const open = new Map<string, JobRow>();
  for (const row of rows) {
    if (row.state === 'completed' || row.startedAt === null) continue;
    const kept = StoredStanding.parse(row.standing);
    if (kept === null) open.set(row.id, row);
    else standings.set(row.id, kept);
  }
  for (const outline of await readJobOutlines(db, [...open.keys()])) {
    const row = open.get(outline.jobId);
    if (row !== undefined) standings.set(row.id, standingOf(row.state, outline));
  }
  return standings;
}

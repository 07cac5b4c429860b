import type { JobState } from '@transcode/contracts';
import type { Transaction } from '../database.ts';
import { readJobOutlines } from './read-job-outlines.ts';
import { standingOf } from './standing-of.ts';

/** Nothing becomes of a job that has ended: how far it came is kept with it, and lists need not look at its tasks. */
export async function keepStandings(
  tx: Transaction,
  jobIds: readonly string[],
  state: Extract<JobState, 'failed' | 'canceled'>,
): Promise<void> {
  const outlines = await readJobOutlines(tx, jobIds);
  const ids = outlines.map(({ jobId }) => jobId);
  const standings = outlines.map((outline) => JSON.stringify(standingOf(state, outline)));
  await tx.$executeRaw`
    UPDATE "Job" j SET "standing" = kept."standing"::jsonb
    FROM unnest(${ids}::uuid[], ${standings}::text[]) AS kept("id", "standing") WHERE j."id" = kept."id"`;
}

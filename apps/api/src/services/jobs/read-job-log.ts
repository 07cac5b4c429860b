import type { JobLogPage } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { found, visibleTo } from '../workspaces/visible.ts';

const LINES = 200;

/** What workers have said about a job, after a place in it. */
export async function readJobLog(
  { services: { db, jobLogs }, identity }: SignedInContext,
  { id, after }: { id: string; after?: string | undefined },
): Promise<JobLogPage> {
  const where = { id, ...visibleTo(identity), videoDeleted: false };
  found(await db.job.findFirst({ where, select: { id: true } }), 'job');
  return jobLogs.read(id, { after, count: LINES });
}

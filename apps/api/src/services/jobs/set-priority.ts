import type { BulkOutcome, Priority } from '@transcode/contracts';
import { setJobPriority } from '@transcode/db';
import { redeliverByPriority } from '@transcode/queue';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { forSelectedJobs } from './for-selected-jobs.ts';
import type { JobSelection } from './job-selection.ts';

/** What waits of the jobs moves in its queue; what is being done goes on. */
export function setPriority(
  context: SignedInContext,
  { priority, ...selection }: JobSelection & { priority: Priority },
): Promise<BulkOutcome> {
  return forSelectedJobs(context, selection, {
    states: ['queued', 'running'],
    among: async (ids) => {
      const rows = await context.services.db.job.findMany({
        where: { id: { in: [...ids] }, priority: { not: priority } },
        orderBy: { id: 'desc' },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    act: (id) => moveJob(context, id, priority),
  });
}

async function moveJob({ services, identity }: SignedInContext, id: string, priority: Priority): Promise<boolean> {
  const { db, events } = services;
  const moved = await db.$transaction(async (tx) => {
    const set = await setJobPriority(tx, id, priority);
    if (set === undefined || set.before === priority) return undefined;
    const job = await tx.job.findUniqueOrThrow({
      where: { id },
      select: { workspaceId: true, videoId: true, videoTitle: true, state: true },
    });
    const details = { name: job.videoTitle, before: { priority: set.before }, after: { priority } };
    await audit(tx, identity, { action: 'job.setPriority', target: id, workspaceId: job.workspaceId, details });
    return { ...job, queued: set.queued };
  });
  if (moved === undefined) return false;
  await redeliverByPriority(services, moved.queued);
  const { workspaceId, videoId, state } = moved;
  events.publish({ type: 'job', workspaceId, videoId, jobId: id, state });
  return true;
}

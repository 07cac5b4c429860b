import type { JobItem, JobStanding, Outlook, Role } from '@transcode/contracts';
import type { JobRow } from '@transcode/db';
import { failureView } from './failure-view.ts';

interface Known {
  /** Absent where there is no more to say of its tasks than that none, or all of them, are done. */
  readonly standing: JobStanding | undefined;
  readonly outlook: Outlook | undefined;
  readonly asking: { readonly role: Role };
}

export function jobItem(job: JobRow, { standing, outlook, asking }: Known): JobItem {
  return {
    id: job.id,
    videoId: job.videoId,
    videoTitle: job.videoTitle,
    preset: job.preset,
    priority: job.priority,
    state: job.state,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    endedAt: job.endedAt?.toISOString() ?? null,
    fraction: job.state === 'completed' ? 1 : (standing?.fraction ?? 0),
    failure: failureView({ ...job, failureTail: null }, asking),
    cells: standing?.cells ?? [],
    outlook: outlook ?? null,
  };
}

import type { JobItem, JobStanding } from '@transcode/contracts';
import type { JobRow } from '@transcode/db';
import { failureView } from './failure-view.ts';

/** `standing` is absent where there is no more to say of its tasks than that none, or all of them, are done. */
export function jobItem(job: JobRow, standing: JobStanding | undefined): JobItem {
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
    failure: failureView({ ...job, failureTail: null }),
    cells: standing?.cells ?? [],
  };
}

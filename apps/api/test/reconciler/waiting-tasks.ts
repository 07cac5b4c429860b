import { randomUUID } from 'node:crypto';
import type { Priority, TaskClass } from '@transcode/contracts';
import type { ReadyTask } from '@transcode/db';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';

interface Wanted {
  readonly count: number;
  readonly class?: TaskClass;
  readonly priority?: Priority;
}

/** So many videos, each with a job of one task that waits. Nobody has told the queue. */
export async function addWaitingTasks(
  here: Installation,
  { count, class: taskClass = 'light', priority = 'normal' }: Wanted,
): Promise<ReadyTask[]> {
  const { db, workspaceId } = here;
  const video = await addVideo(here, { state: 'processing' });
  const ids = Array.from({ length: count }, () => ({ jobId: randomUUID(), id: randomUUID() }));
  await db.job.createMany({
    data: ids.map(({ jobId }) => ({
      id: jobId,
      workspaceId,
      videoId: video.id,
      videoTitle: video.title,
      preset: 'web',
      priority,
    })),
  });
  await db.task.createMany({
    data: ids.map(({ jobId, id }) => ({
      ...{ id, jobId, stage: 'probe' as const, class: taskClass, priority },
      ...{ state: 'queued' as const, queuedAt: new Date() },
    })),
  });
  return ids.map(({ id }) => ({ id, class: taskClass, priority, token: 0, notBefore: null }));
}

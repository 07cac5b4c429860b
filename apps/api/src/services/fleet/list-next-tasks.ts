import type { QueuedTaskView, TaskClass } from '@transcode/contracts';
import { nextTasks } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';

/** Of those that one may see. */
export async function listNextTasks(
  { services: { db }, identity: { workspaceIds } }: SignedInContext,
  { class: taskClass, limit }: { class: TaskClass; limit: number },
): Promise<{ items: QueuedTaskView[] }> {
  const tasks = await nextTasks(db, { class: taskClass, workspaceIds, limit });
  return {
    items: tasks.map(({ queuedAt, notBefore, ...task }) => ({
      ...task,
      queuedAt: queuedAt?.toISOString() ?? null,
      notBefore: notBefore?.toISOString() ?? null,
    })),
  };
}

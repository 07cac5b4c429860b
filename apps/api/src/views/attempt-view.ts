import type { AttemptView, Role } from '@transcode/contracts';
import type { Task, TaskAttempt } from '@transcode/db';
import { failureView } from './failure-view.ts';

/** The claims of a job's tasks, in the order in which they began. */
export function attemptViews(
  tasks: readonly Pick<Task, 'id' | 'stage' | 'index'>[],
  history: readonly TaskAttempt[],
  asking: { readonly role: Role },
): AttemptView[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return history.flatMap((attempt) => {
    const task = byId.get(attempt.taskId);
    if (task === undefined) return [];
    return [
      {
        ...{ taskId: task.id, stage: task.stage, index: task.index },
        ...{ token: attempt.token, worker: attempt.workerId, outcome: attempt.outcome },
        queuedAt: attempt.queuedAt?.toISOString() ?? null,
        startedAt: attempt.startedAt.toISOString(),
        endedAt: attempt.endedAt?.toISOString() ?? null,
        failure: failureView({ ...attempt, failureTail: null }, asking),
      },
    ];
  });
}

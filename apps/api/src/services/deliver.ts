import type { ReadyTask } from '@transcode/db';
import type { Services } from '../context.ts';

/** Wakes workers for what is queued in Postgres already. If Redis is away, the reconciler does it later: nothing is lost. */
export async function deliver(
  { queues, log }: Pick<Services, 'queues' | 'log'>,
  tasks: readonly ReadyTask[],
): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.deliver(tasks);
  } catch (error) {
    log.warn({ err: error, tasks: tasks.length }, 'Tasks were not delivered and will be later');
  }
}

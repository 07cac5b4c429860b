import type { ReadyTask } from '@transcode/db';
import type { Queues } from '@transcode/queue';
import type { Logger } from '@transcode/telemetry';

/** Wakes workers for what is queued in Postgres already. If Redis is away, the reconciler does it later: nothing is lost. */
export async function deliver(queues: Queues, tasks: readonly ReadyTask[], log: Logger): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.deliver(tasks);
  } catch (error) {
    log.warn({ err: error, tasks: tasks.length }, 'Tasks were not delivered and will be later');
  }
}

import type { ReadyTask } from '@transcode/db';
import type { Services } from '../context.ts';

/** Takes canceled tasks out of the queue. If Redis is away, whoever gets one lets it be, and the reconciler removes the rest. */
export async function undeliver(
  { queues, log }: Pick<Services, 'queues' | 'log'>,
  tasks: readonly ReadyTask[],
): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.remove(tasks);
  } catch (error) {
    log.warn({ err: error, tasks: tasks.length }, 'Canceled tasks were not taken out of the queue yet');
  }
}

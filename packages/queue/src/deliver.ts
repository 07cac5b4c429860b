import type { Deliverable, Delivery } from './deliverable.ts';
import type { Queues } from './queues.ts';

interface DeliverDeps {
  readonly queues: Pick<Queues, 'deliver' | 'remove'>;
  readonly log: { warn(fields: object, message: string): void };
}

/** Wakes workers for what is queued in Postgres already. If Redis is away, the reconciler does it later: nothing is lost. */
export async function deliver({ queues, log }: DeliverDeps, tasks: readonly Deliverable[]): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.deliver(tasks);
  } catch (error) {
    log.warn({ err: error, tasks: tasks.length }, 'Tasks were not delivered and will be later');
  }
}

/** Takes canceled tasks out of the queue. If Redis is away, whoever gets one lets it be, and the reconciler removes the rest. */
export async function undeliver({ queues, log }: DeliverDeps, tasks: readonly Delivery[]): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.remove(tasks);
  } catch (error) {
    log.warn({ err: error, tasks: tasks.length }, 'Canceled tasks were not taken out of the queue yet');
  }
}

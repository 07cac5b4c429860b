import { inSpan, type Logger, type SpanOptions } from '@transcode/telemetry';
import type { Deliverable, Delivery } from './deliverable.ts';
import type { Queues } from './queues.ts';

interface DeliverDeps<Method extends keyof Queues> {
  readonly queues: Pick<Queues, Method>;
  readonly log: Pick<Logger, 'warn'>;
}

function spanOf(count: number): SpanOptions<'deliver'> {
  const attributes = { 'messaging.system': 'bullmq', 'messaging.batch.message_count': count };
  return { title: 'redis deliver', kind: 'PRODUCER', service: 'redis', attributes, onlyWithin: true };
}

/** Wakes workers for what is queued in Postgres already. If Redis is away, the reconciler does it later: nothing is lost. */
export async function deliver({ queues, log }: DeliverDeps<'deliver'>, tasks: readonly Deliverable[]): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await inSpan('deliver', spanOf(tasks.length), () => queues.deliver(tasks));
  } catch (error) {
    log.warn({ err: error, count: tasks.length }, 'Tasks were not delivered and will be later');
  }
}

/** Takes canceled tasks out of the queue. If Redis is away, whoever gets one lets it be, and the reconciler removes the rest. */
export async function undeliver({ queues, log }: DeliverDeps<'remove'>, tasks: readonly Delivery[]): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.remove(tasks);
  } catch (error) {
    log.warn({ err: error, count: tasks.length }, 'Canceled tasks were not taken out of the queue yet');
  }
}

/** Moves queued tasks to where their new priority says. If Redis is away, they keep their place in the queue. */
export async function redeliverByPriority(
  { queues, log }: DeliverDeps<'reprioritise'>,
  tasks: readonly Deliverable[],
): Promise<void> {
  if (tasks.length === 0) return;
  try {
    await queues.reprioritise(tasks);
  } catch (error) {
    log.warn({ err: error, count: tasks.length }, 'Tasks keep their old place in the queue');
  }
}

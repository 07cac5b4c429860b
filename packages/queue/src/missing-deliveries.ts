import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { deliveryId } from './delivery-id.ts';
import type { Deliverable } from './deliverable.ts';

/** Those that the queue does not know. Asking is five times cheaper than adding what is there already. */
export async function missingDeliveries(
  redis: Redis,
  queue: Queue,
  tasks: readonly Deliverable[],
): Promise<Deliverable[]> {
  if (tasks.length === 0) return [];
  const asked = redis.pipeline();
  for (const task of tasks) asked.exists(queue.toKey(deliveryId(task)));
  const answers = (await asked.exec()) ?? [];
  return tasks.filter((_, position) => {
    const [error, known] = answers[position] ?? [];
    if (error) throw error;
    return known !== 1;
  });
}

import { TaskClass } from '@transcode/contracts';
import { stillQueued } from '@transcode/db';
import type { Services } from '../context.ts';
import type { Step } from './step.ts';

/** Deliveries looked at in one round, of each class and kind. */
const AT_ONCE = 500;

/**
 * Removes deliveries that nobody needs: of tasks that are gone, over, or were claimed since. A consumer would drop them too, but a
 * class that no worker serves keeps them for ever. Each round looks at the next page of each queue.
 */
export function clearQueues({ db, queues, log }: Pick<Services, 'db' | 'queues' | 'log'>): Step['run'] {
  const places = new Map<TaskClass, number>();
  return async (turn) => {
    for (const taskClass of TaskClass.options) {
      const from = places.get(taskClass) ?? 0;
      const found = await queues.waiting(taskClass, { from, count: AT_ONCE });
      // Read after the queue: a task is in the database before it is delivered.
      const useful = new Set(await stillQueued(db, found));
      const useless = found.filter((delivery) => !useful.has(delivery));
      if (!turn.goesOn()) return;
      if (useless.length > 0) {
        await queues.remove(useless);
        log.info({ class: taskClass, count: useless.length }, 'Deliveries of tasks that no longer wait were removed');
      }
      places.set(taskClass, found.length < AT_ONCE ? 0 : from + AT_ONCE - useless.length);
    }
  };
}

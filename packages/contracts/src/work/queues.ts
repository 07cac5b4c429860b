import * as z from 'zod';
import type { TaskClass } from './stages.ts';

/** The BullMQ queue that delivers the tasks of a class. */
export function queueName(taskClass: TaskClass): string {
  return `transcode-${taskClass}`;
}

/** All that travels by the queue: the id of a row in Postgres, and the token it had when it was queued. */
export const TaskDelivery = z.object({ taskId: z.uuid(), token: z.int().nonnegative() });
export type TaskDelivery = z.infer<typeof TaskDelivery>;

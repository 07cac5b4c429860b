import type { Priority, TaskClass } from '@transcode/contracts';
import { Prisma } from '../generated/client.ts';

/** A queued task as the queue needs it to deliver its id. */
export interface ReadyTask {
  id: string;
  class: TaskClass;
  priority: Priority;
  token: number;
  /** Not to be delivered earlier. */
  notBefore: Date | null;
}

/** The columns of a `ReadyTask`, for RETURNING and SELECT. */
export const READY_COLUMNS = Prisma.sql`"id", "class", "priority", "token", "notBefore"`;

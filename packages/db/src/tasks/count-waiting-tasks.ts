import type { Priority, TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';

export interface WaitingTasks {
  class: TaskClass;
  priority: Priority;
  count: number;
}

/** The backlog: queued tasks by class and priority. What has none is left out. */
export function countWaitingTasks(db: Database): Promise<WaitingTasks[]> {
  return db.$queryRaw<WaitingTasks[]>`
    SELECT "class", "priority", count(*)::int AS "count" FROM "Task" WHERE "state" = 'queued' GROUP BY "class", "priority"`;
}

import type { Database } from './database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

const AT_ONCE = 1_000;

/**
 * Tasks that have been queued for a while: the queue may have lost them, or they still wait their turn. Delivering them again does
 * no harm, as a delivery is known by task and token.
 */
export function findUndelivered(db: Database, { olderThanMs }: { olderThanMs: number }): Promise<ReadyTask[]> {
  return db.$queryRaw<ReadyTask[]>`
    SELECT ${READY_COLUMNS} FROM "Task"
    WHERE "state" = 'queued' AND "queuedAt" <= now() - make_interval(secs => ${olderThanMs / 1000})
      AND ("notBefore" IS NULL OR "notBefore" <= now())
    ORDER BY "priority" DESC, "queuedAt" LIMIT ${AT_ONCE}`;
}

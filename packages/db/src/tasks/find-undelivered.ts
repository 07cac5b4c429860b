import type { Transaction } from '../database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

/** Of each class, so that the backlog of one does not hide the others; and as many of what was begun before. */
const AT_ONCE = 1_000;

/**
 * The tasks next in line that have been queued for a while: the queue may have lost them, or they still wait their turn. What is
 * behind them moves up as they are done, so that nothing is lost for longer than it would have waited. What was begun before goes
 * before what was not, as in the queue.
 */
export function findUndelivered(db: Transaction, { olderThanMs }: { olderThanMs: number }): Promise<ReadyTask[]> {
  return db.$queryRaw<ReadyTask[]>`
    WITH due AS (SELECT now() - make_interval(secs => ${olderThanMs / 1000}) AS "before")
    SELECT next.* FROM due CROSS JOIN unnest(enum_range(NULL::"TaskClass")) AS of_class CROSS JOIN LATERAL (
      (
        SELECT ${READY_COLUMNS} FROM "Task"
        WHERE "state" = 'queued' AND "token" > 0 AND "class" = of_class AND "queuedAt" <= due."before"
          AND ("notBefore" IS NULL OR "notBefore" <= now())
        ORDER BY "priority" DESC, "queuedAt" LIMIT ${AT_ONCE}
      ) UNION (
        SELECT ${READY_COLUMNS} FROM "Task"
        WHERE "state" = 'queued' AND "class" = of_class AND "queuedAt" <= due."before"
          AND ("notBefore" IS NULL OR "notBefore" <= now())
        ORDER BY "priority" DESC, "queuedAt" LIMIT ${AT_ONCE}
      )
    ) AS next`;
}

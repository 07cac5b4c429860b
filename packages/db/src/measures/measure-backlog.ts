import { RATE_WINDOW_MS, type TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';

export interface ClassBacklog {
  class: TaskClass;
  /** Queued tasks, up to `atMost` of them. */
  waiting: number;
  running: number;
  /** Completed within RATE_WINDOW_MS. */
  done: number;
}

/** Every class with what waits in it, what runs and what was done lately. A backlog of a million costs no more than `atMost`. */
export function measureBacklog(db: Database, { atMost }: { atMost: number }): Promise<ClassBacklog[]> {
  return db.$queryRaw<ClassBacklog[]>`
    WITH lately AS (
      SELECT t."class", count(*)::int AS "done" FROM "TaskAttempt" a JOIN "Task" t ON t."id" = a."taskId"
      WHERE a."endedAt" > now() - make_interval(secs => ${RATE_WINDOW_MS / 1000}) AND a."outcome" = 'completed'
      GROUP BY t."class"
    )
    SELECT of_class AS "class",
      (SELECT count(*) FROM (
        SELECT 1 FROM "Task" WHERE "state" = 'queued' AND "class" = of_class LIMIT ${atMost}
      ) AS counted)::int AS "waiting",
      (SELECT count(*) FROM "Task" WHERE "state" = 'running' AND "class" = of_class)::int AS "running",
      COALESCE(lately."done", 0) AS "done"
    FROM unnest(enum_range(NULL::"TaskClass")) AS of_class LEFT JOIN lately ON lately."class" = of_class
    ORDER BY of_class`;
}

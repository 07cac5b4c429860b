import { RATE_WINDOW_MS, type TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';

export interface QueueMeasure {
  readonly class: TaskClass;
  /** Queued, but not before a time to come. */
  readonly resting: number;
  readonly running: number;
  readonly oldestQueuedAt: Date | null;
  /** Completed within RATE_WINDOW_MS. */
  readonly done: number;
  /** How long what ended within it had been queued, in seconds on average. */
  readonly meanWait: number | null;
}

/** How each class stands, beside its backlog. */
export function measureQueues(db: Database): Promise<QueueMeasure[]> {
  return db.$queryRaw<QueueMeasure[]>`
    WITH lately AS (
      SELECT t."class", count(*) FILTER (WHERE a."outcome" = 'completed')::int AS "done",
        avg(extract(epoch FROM a."startedAt" - a."queuedAt"))::float8 AS "meanWait"
      FROM "TaskAttempt" a JOIN "Task" t ON t."id" = a."taskId"
      WHERE a."endedAt" > now() - make_interval(secs => ${RATE_WINDOW_MS / 1000})
      GROUP BY t."class"
    )
    SELECT of_class AS "class",
      (SELECT count(*)::int FROM "Task" WHERE "state" = 'queued' AND "class" = of_class AND "notBefore" > now()) AS "resting",
      (SELECT count(*)::int FROM "Task" WHERE "state" = 'running' AND "class" = of_class) AS "running",
      (
        SELECT min(first."queuedAt") FROM unnest(enum_range(NULL::"Priority")) AS of_priority CROSS JOIN LATERAL (
          SELECT "queuedAt" FROM "Task"
          WHERE "state" = 'queued' AND "class" = of_class AND "priority" = of_priority ORDER BY "queuedAt" LIMIT 1
        ) AS first
      ) AS "oldestQueuedAt",
      COALESCE(lately."done", 0) AS "done", lately."meanWait"
    FROM unnest(enum_range(NULL::"TaskClass")) AS of_class LEFT JOIN lately ON lately."class" = of_class
    ORDER BY of_class`;
}

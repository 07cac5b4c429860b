import type { TaskClass } from '@transcode/contracts';
import type { Database } from './database.ts';

export interface ClassBacklog {
  class: TaskClass;
  /** Queued tasks, up to `atMost` of them. */
  waiting: number;
  running: number;
  /** Completed over the span that was asked for. */
  completed: number;
}

/** Every class with what waits in it, what runs and what was done lately. A backlog of a million costs no more than `atMost`. */
export function measureBacklog(
  db: Database,
  { atMost, spanMs }: { atMost: number; spanMs: number },
): Promise<ClassBacklog[]> {
  return db.$queryRaw<ClassBacklog[]>`
    SELECT of_class AS "class",
      (SELECT count(*) FROM (
        SELECT 1 FROM "Task" WHERE "state" = 'queued' AND "class" = of_class LIMIT ${atMost}
      ) AS counted)::int AS "waiting",
      (SELECT count(*) FROM "Task" WHERE "state" = 'running' AND "class" = of_class)::int AS "running",
      (SELECT count(*) FROM "Task" WHERE "state" = 'completed' AND "class" = of_class
        AND "endedAt" > now() - make_interval(secs => ${spanMs / 1000}))::int AS "completed"
    FROM unnest(enum_range(NULL::"TaskClass")) AS of_class`;
}

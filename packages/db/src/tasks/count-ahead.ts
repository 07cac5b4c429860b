import type { Priority, TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';

/** A place in the line of a class. */
export interface QueuePlace {
  readonly class: TaskClass;
  readonly priority: Priority;
  /** It was claimed before: it goes before what was not, at the same priority. */
  readonly begun: boolean;
  readonly queuedAt: Date;
}

export interface Ahead {
  /** Tasks that are delivered earlier, counted up to AHEAD_COUNTED. */
  readonly waiting: number;
  /** Those of them with a higher priority. */
  readonly higher: number;
  /** Tasks of the class that are being worked on. */
  readonly running: number;
}

export const AHEAD_COUNTED = 10_000;

/** What is in line before a place, and not resting after a failure. */
export async function countAhead(db: Database, place: QueuePlace): Promise<Ahead> {
  const [row] = await db.$queryRaw<Ahead[]>`
    SELECT count(*)::int AS "waiting",
      count(*) FILTER (WHERE "priority" > ${place.priority}::"Priority")::int AS "higher",
      (SELECT count(*)::int FROM "Task" WHERE "state" = 'running' AND "class" = ${place.class}::"TaskClass") AS "running"
    FROM (
      SELECT "priority" FROM "Task"
      WHERE "state" = 'queued' AND "class" = ${place.class}::"TaskClass"
        AND ("notBefore" IS NULL OR "notBefore" <= now())
        AND (
          "priority" > ${place.priority}::"Priority"
          OR ("priority" = ${place.priority}::"Priority" AND (
            (("token" > 0) = ${place.begun} AND "queuedAt" < ${place.queuedAt}) OR ("token" > 0 AND NOT ${place.begun})
          ))
        )
      LIMIT ${AHEAD_COUNTED}
    ) AS earlier`;
  return row ?? { waiting: 0, higher: 0, running: 0 };
}

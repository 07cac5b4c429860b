import type { Database } from '../database.ts';

export interface BacklogPoint {
  at: Date;
  waiting: number;
  running: number;
}

/** What waited and ran in all classes since a moment: of each few minutes the sample with the most waiting, so that no peak is lost. */
export function backlogHistory(
  db: Database,
  { since, stepMs }: { since: Date; stepMs: number },
): Promise<BacklogPoint[]> {
  return db.$queryRaw<BacklogPoint[]>`
    WITH moments AS (
      SELECT "at", sum("waiting")::int AS "waiting", sum("running")::int AS "running"
      FROM "BacklogSample" WHERE "at" > ${since} GROUP BY "at"
    )
    SELECT date_bin(make_interval(secs => ${stepMs / 1000}), "at", ${since}::timestamptz) AS "at",
      max("waiting") AS "waiting", max("running") AS "running"
    FROM moments GROUP BY 1 ORDER BY 1`;
}

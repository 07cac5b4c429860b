import type { Database } from '../database.ts';

export interface HourOfFailures {
  /** Its beginning. */
  at: Date;
  count: number;
}

/** How many jobs failed in each hour since a moment, also in those without any; hours begin at that moment. */
export function failuresByHour(db: Database, since: Date): Promise<HourOfFailures[]> {
  return db.$queryRaw<HourOfFailures[]>`
    SELECT hours."at", count(j."endedAt")::int AS "count"
    FROM generate_series(${since}::timestamptz, now(), interval '1 hour') AS hours("at")
    LEFT JOIN "Job" j ON j."state" = 'failed' AND j."endedAt" >= ${since}
      AND date_bin('1 hour', j."endedAt", ${since}::timestamptz) = hours."at"
    GROUP BY hours."at" ORDER BY hours."at"`;
}

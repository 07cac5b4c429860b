import type { Database } from '../database.ts';

export interface HourOfOutput {
  /** Its beginning. */
  at: Date;
  videos: number;
  videoSeconds: number;
}

/** What became ready in each hour since a moment, by the samples, also in those in which nothing did. */
export function outputByHour(db: Database, since: Date): Promise<HourOfOutput[]> {
  return db.$queryRaw<HourOfOutput[]>`
    SELECT hours."at", COALESCE(sum(s."videos"), 0)::int AS "videos", COALESCE(sum(s."videoSeconds"), 0)::float8 AS "videoSeconds"
    FROM generate_series(${since}::timestamptz, now(), interval '1 hour') AS hours("at")
    LEFT JOIN "OutputSample" s ON s."at" >= hours."at" AND s."at" < hours."at" + interval '1 hour'
    GROUP BY hours."at" ORDER BY hours."at"`;
}

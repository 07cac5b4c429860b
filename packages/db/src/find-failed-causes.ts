import type { Database } from './database.ts';

export interface FailedCause {
  code: string;
  count: number;
  /** The latest of them. */
  jobId: string;
  videoId: string;
  /** Of that one. */
  sentence: string;
}

/**
 * Why jobs failed since a moment, most frequent first. Only those count whose video is failed still: one that was tried again with
 * success, or deleted, needs nobody. Looks at the latest `atMost` of them.
 */
export function findFailedCauses(
  db: Database,
  { since, atMost }: { since: Date; atMost: number },
): Promise<FailedCause[]> {
  return db.$queryRaw<FailedCause[]>`
    WITH lately AS (
      SELECT "id", "videoId", "failureCode", "failureText", "endedAt" FROM "Job"
      WHERE "state" = 'failed' AND "endedAt" > ${since} ORDER BY "endedAt" DESC LIMIT ${atMost}
    ), open AS (
      SELECT DISTINCT ON (l."videoId") l.* FROM lately l JOIN "Video" v ON v."id" = l."videoId" AND v."state" = 'failed'
      ORDER BY l."videoId", l."endedAt" DESC
    )
    SELECT COALESCE("failureCode", '') AS "code", count(*)::int AS "count",
      (array_agg("id" ORDER BY "endedAt" DESC))[1]::text AS "jobId",
      (array_agg("videoId" ORDER BY "endedAt" DESC))[1]::text AS "videoId",
      COALESCE((array_agg("failureText" ORDER BY "endedAt" DESC))[1], '') AS "sentence"
    FROM open GROUP BY 1 ORDER BY count(*) DESC`;
}

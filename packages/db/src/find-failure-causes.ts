import type { Database } from './database.ts';

export interface FoundCause {
  readonly code: string;
  readonly count: number;
  readonly retryable: number;
  readonly jobId: string;
  readonly videoId: string;
  readonly videoTitle: string;
  readonly sentence: string | null;
  readonly at: Date;
}

/** Why jobs have failed since a moment, the most frequent cause first, each with the job that failed last. */
export function findFailureCauses(db: Database, since: Date): Promise<FoundCause[]> {
  return db.$queryRaw<FoundCause[]>`
    WITH failed AS (
      SELECT j."id", j."videoId", j."endedAt", COALESCE(j."failureCode", 'internal') AS "code",
        v."state" IN ('failed', 'canceled') AND NOT EXISTS (
          SELECT 1 FROM "Job" later WHERE later."videoId" = v."id" AND later."id" > j."id"
        ) AS "retryable"
      FROM "Job" j JOIN "Video" v ON v."id" = j."videoId"
      WHERE NOT j."videoDeleted" AND j."state" = 'failed' AND j."endedAt" >= ${since}
    ), cause AS (
      SELECT "code", count(*)::int AS "count", (count(*) FILTER (WHERE "retryable"))::int AS "retryable",
        (array_agg("id" ORDER BY "endedAt" DESC, "id" DESC))[1] AS "jobId"
      FROM failed GROUP BY "code"
    )
    SELECT c."code", c."count", c."retryable", c."jobId", v."id" AS "videoId", v."title" AS "videoTitle",
      j."failureText" AS "sentence", j."endedAt" AS "at"
    FROM cause c JOIN "Job" j ON j."id" = c."jobId" JOIN "Video" v ON v."id" = j."videoId"
    ORDER BY c."count" DESC, c."code"`;
}

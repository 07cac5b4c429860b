import type { Database } from '../database.ts';
import { ofWorkspaces, type WorkspaceIds } from '../access/of-workspaces.ts';

export interface FoundCause {
  readonly code: string;
  /** All that failed for it, also those whose video was tried again since. */
  readonly count: number;
  /** Those whose video has failed still. */
  readonly retryable: number;
  /** There were more failures than were looked at: the oldest are in no count. */
  readonly more: boolean;
  readonly jobId: string;
  readonly videoId: string;
  readonly videoTitle: string;
  readonly sentence: string | null;
  readonly at: Date;
}

/** Of more failures the latest are counted. */
const COUNTED = 10_000;

/**
 * Why jobs of some workspaces have failed since a moment, the most frequent cause first, each with the job that failed last; with one whose
 * video has failed still, where there is one. Of a deleted video nothing is told.
 */
export function findFailureCauses(
  db: Database,
  { since, workspaceIds }: { since: Date; workspaceIds: WorkspaceIds },
): Promise<FoundCause[]> {
  return db.$queryRaw<FoundCause[]>`
    WITH latest AS (
      SELECT j."id", j."videoId", j."endedAt", COALESCE(j."failureCode", 'internal') AS "code" FROM "Job" j
      WHERE NOT j."videoDeleted" AND j."state" = 'failed' AND j."endedAt" >= ${since} ${ofWorkspaces(workspaceIds)}
      ORDER BY j."endedAt" DESC LIMIT ${COUNTED}
    ), failed AS (
      SELECT l.*,
        v."state" IN ('failed', 'canceled') AND NOT EXISTS (
          SELECT 1 FROM "Job" later WHERE later."videoId" = v."id" AND later."id" > l."id"
        ) AS "retryable"
      FROM latest l JOIN "Video" v ON v."id" = l."videoId" WHERE v."state" <> 'deleted'
    ), cause AS (
      SELECT "code", count(*)::int AS "count", (count(*) FILTER (WHERE "retryable"))::int AS "retryable",
        (array_agg("id" ORDER BY "retryable" DESC, "endedAt" DESC, "id" DESC))[1] AS "jobId"
      FROM failed GROUP BY "code"
    )
    SELECT c."code", c."count", c."retryable", (SELECT count(*) FROM latest) >= ${COUNTED} AS "more",
      c."jobId", v."id" AS "videoId", v."title" AS "videoTitle", j."failureText" AS "sentence", j."endedAt" AS "at"
    FROM cause c JOIN "Job" j ON j."id" = c."jobId" JOIN "Video" v ON v."id" = j."videoId"
    ORDER BY c."count" DESC, c."code"`;
}

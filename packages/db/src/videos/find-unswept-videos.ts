import type { Database } from '../database.ts';

export interface UnsweptVideo {
  id: string;
  workspaceId: string;
  sourceKey: string;
  isDeleted: boolean;
  publishedJobId: string | null;
  /** When it was found, by the database's clock. */
  foundAt: Date;
}

/**
 * Videos with a job that has ended and not been swept, and on which nothing is being done, or was a moment ago: every claim on a
 * task of theirs has ended for so long that its worker has noticed. In the order of their ids, after `after`.
 */
export function findUnsweptVideos(
  db: Database,
  { restedMs, after, limit }: { restedMs: number; after: string | undefined; limit: number },
): Promise<UnsweptVideo[]> {
  const first = after ?? '00000000-0000-0000-0000-000000000000';
  return db.$queryRaw<UnsweptVideo[]>`
    WITH rested AS (SELECT now() - make_interval(secs => ${restedMs / 1000}) AS "since")
    SELECT v."id", v."workspaceId", v."sourceKey", v."state" = 'deleted' AS "isDeleted", v."publishedJobId", now() AS "foundAt"
    FROM "Video" v, rested
    WHERE v."id" > ${first}::uuid AND v."id" IN (
      SELECT "videoId" FROM "Job" WHERE "sweptAt" IS NULL AND "state" IN ('completed', 'failed', 'canceled')
    )
    AND NOT EXISTS (
      SELECT 1 FROM "Job" j WHERE j."videoId" = v."id" AND (
        j."state" IN ('queued', 'running') OR j."endedAt" > rested."since" OR j."lateAt" > rested."since"
      )
    )
    AND NOT EXISTS (
      SELECT 1 FROM "Job" j JOIN "Task" t ON t."jobId" = j."id" WHERE j."videoId" = v."id" AND (
        t."state" IN ('blocked', 'queued', 'running') OR t."endedAt" > rested."since"
      )
    )
    AND NOT (v."state" = 'deleted' AND EXISTS (
      SELECT 1 FROM "Upload" u WHERE u."id" = v."uploadId" AND u."state" = 'receiving'
    ))
    ORDER BY v."id" LIMIT ${limit}`;
}

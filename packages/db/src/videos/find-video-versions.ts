import type { VideoState } from '@transcode/contracts';
import type { Database } from '../database.ts';
import { containing } from '../find-jobs/title-pattern.ts';
import { Prisma } from '../generated/client.ts';
import type { WorkspaceIds } from '../access/of-workspaces.ts';
import { readRows } from '../read-rows.ts';

/** A video, and which rows there are of it, its upload, its newest job and the one that is published. */
export interface VideoVersion {
  readonly id: string;
  /** Another one as soon as one of these rows is written. What is said of its tasks is not in it. */
  readonly version: string;
}

interface Wanted {
  readonly workspaceIds: WorkspaceIds;
  readonly ids?: readonly string[] | undefined;
  /** Older than this one. */
  readonly before?: string | undefined;
  readonly states?: readonly VideoState[] | undefined;
  /** Part of the title or of the file's name. */
  readonly search?: string | undefined;
  readonly limit: number;
}

/** Videos that were not deleted, newest first: nothing of them is read but what tells whether they changed. */
export function findVideoVersions(
  db: Database,
  { workspaceIds, ids, before, states, search, limit }: Wanted,
): Promise<VideoVersion[]> {
  const conditions = [
    Prisma.sql`v."state" <> 'deleted'`,
    ...ofThese(workspaceIds),
    ...(ids === undefined ? [] : [Prisma.sql`v."id" = ANY (${[...ids]}::uuid[])`]),
    ...(before === undefined ? [] : [Prisma.sql`v."id" < ${before}::uuid`]),
    ...(states === undefined ? [] : [Prisma.sql`v."state" = ANY (${[...states]}::text[]::"VideoState"[])`]),
    ...(search === undefined
      ? []
      : [Prisma.sql`(v."title" ILIKE ${containing(search)} OR v."fileName" ILIKE ${containing(search)})`]),
  ];
  return readRows<VideoVersion>(
    db,
    Prisma.sql`
    SELECT v."id", format('%s %s %s %s %s', v.xmin, u.xmin, j."id", j.xmin, p.xmin) AS "version"
    FROM "Video" v
    LEFT JOIN "Upload" u ON u."id" = v."uploadId"
    LEFT JOIN LATERAL (SELECT "id", xmin FROM "Job" WHERE "videoId" = v."id" ORDER BY "id" DESC LIMIT 1) AS j ON true
    LEFT JOIN "Job" p ON p."id" = v."publishedJobId"
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY v."id" DESC LIMIT ${Prisma.raw(String(limit))}`,
    { prepared: true },
  );
}

/** One alone is found by the index that has its videos in their order. */
function ofThese(workspaceIds: WorkspaceIds): Prisma.Sql[] {
  if (workspaceIds === 'all') return [];
  const [first, ...others] = workspaceIds;
  if (first !== undefined && others.length === 0) return [Prisma.sql`v."workspaceId" = ${first}::uuid`];
  return [Prisma.sql`v."workspaceId" = ANY (${[...workspaceIds]}::uuid[])`];
}

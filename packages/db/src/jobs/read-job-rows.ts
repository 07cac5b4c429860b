import type { JobState, Priority } from '@transcode/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { readRows } from '../read-rows.ts';

/** What a list shows of a job itself. */
export interface JobRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly videoId: string;
  readonly videoTitle: string;
  readonly preset: string;
  readonly priority: Priority;
  readonly state: JobState;
  readonly failureCode: string | null;
  readonly failureText: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** `JobStanding` of packages/contracts, of one that failed or was canceled. */
  readonly standing: unknown;
}

/** Jobs by their ids, newest first, without what is large. Those of deleted videos are left out. */
export async function readJobRows(db: Database, ids: readonly string[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  return readRows<JobRow>(
    db,
    Prisma.sql`
    SELECT j."id", j."workspaceId", j."videoId", j."videoTitle", j."preset", j."priority", j."state",
      j."failureCode", j."failureText", j."createdAt", j."startedAt", j."endedAt", j."standing"
    FROM unnest(${[...ids]}::uuid[]) AS wanted JOIN "Job" j ON j."id" = wanted
    WHERE NOT j."videoDeleted" ORDER BY j."id" DESC`,
    { prepared: true },
  );
}

/** Which rows there are of some jobs: another one as soon as one is written. */
export interface JobVersion {
  readonly id: string;
  readonly workspaceId: string;
  readonly version: string;
}

/** Jobs by their ids, newest first, of which nothing is read but what tells whether they changed. Those of deleted videos are left out. */
export async function findJobVersions(db: Database, ids: readonly string[]): Promise<JobVersion[]> {
  if (ids.length === 0) return [];
  const wanted = Prisma.sql`
    SELECT j."id", j."workspaceId", j.xmin::text AS "version"
    FROM unnest(${[...ids]}::uuid[]) AS wanted JOIN "Job" j ON j."id" = wanted
    WHERE NOT j."videoDeleted" ORDER BY j."id" DESC`;
  return readRows<JobVersion>(db, wanted, { prepared: true });
}

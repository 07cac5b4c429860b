import type { Database } from '../database.ts';

export interface CopyStatus {
  /** Age of the oldest change that is not in the second store yet; 0 where all is. */
  readonly lagSeconds: number;
  readonly waitingObjects: number;
  /** As far as the rows say how large they are. */
  readonly waitingBytes: number;
  /** Of those that wait, the ones whose last try failed for their own sake. */
  readonly failedObjects: number;
  /** Why the one that failed last did. */
  readonly failure: string | null;
  /** Still in the second store, and to go. */
  readonly removingObjects: number;
}

/** What is not in the second store yet, or is to go from there. */
export async function readCopyStatus(db: Database): Promise<CopyStatus> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT count(*) FILTER (WHERE "state" = 'waiting')::int AS "waitingObjects",
      COALESCE(sum("bytes") FILTER (WHERE "state" = 'waiting'), 0)::int8 AS "waitingBytes",
      count(*) FILTER (WHERE "state" = 'waiting' AND "attempts" > 0)::int AS "failedObjects",
      (array_agg("failure" ORDER BY "notBefore" DESC) FILTER (WHERE "state" = 'waiting' AND "failure" IS NOT NULL))[1] AS "failure",
      count(*) FILTER (WHERE "state" = 'removing')::int AS "removingObjects",
      COALESCE(extract(epoch FROM now() - least(
        min("waitingSince") FILTER (WHERE "state" = 'waiting'), (SELECT min("at") FROM "CopyMark")
      )), 0)::float8 AS "lagSeconds"
    FROM "ObjectCopy" WHERE "state" <> 'copied'`;
  if (row === undefined) throw new Error('Counting gave no row.');
  return { ...row, lagSeconds: Math.max(0, row.lagSeconds), waitingBytes: Number(row.waitingBytes) };
}

type Row = Omit<CopyStatus, 'waitingBytes'> & { waitingBytes: bigint };

/** What counts as copied of a video, by key. */
export async function readCopied(db: Database, videoId: string): Promise<Map<string, number>> {
  const rows = await db.objectCopy.findMany({
    where: { videoId, state: 'copied' },
    select: { key: true, bytes: true },
  });
  return new Map(rows.map(({ key, bytes }) => [key, Number(bytes)]));
}

/** Whether anything of a video is, or may be, in the second store, as long as there is one. */
export async function hasCopies(db: Database, videoId: string): Promise<boolean> {
  if ((await db.copyTarget.count({ where: { stoppedAt: null } })) === 0) return false;
  const [copies, marks] = await Promise.all([
    db.objectCopy.count({ where: { videoId } }),
    db.copyMark.count({ where: { videoId } }),
  ]);
  return copies + marks > 0;
}

/** They were there and are not any more, or are others: each is copied again. */
export async function loseCopies(db: Database, keys: readonly string[], failure: string): Promise<number> {
  return db.$executeRaw`
    UPDATE "ObjectCopy" SET "state" = 'waiting', "waitingSince" = now(), "failure" = ${failure}
    WHERE "key" = ANY (${[...keys]}) AND "state" = 'copied'`;
}

/** Videos in the order of their ids, after one: whoever compares goes over all of them. */
export async function nextVideos(db: Database, { after, limit }: { after: string | undefined; limit: number }) {
  return db.video.findMany({
    where: { state: { not: 'deleted' }, ...(after === undefined ? {} : { id: { gt: after } }) },
    select: { id: true, workspaceId: true, sourceKey: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

import type { Database } from '../database.ts';

/** So many rows of something, up to a bound, and the oldest of them. */
export interface Stuck {
  count: number;
  oldest: Date | null;
}

interface Found {
  outbox: Stuck;
  /** Uploads of which every byte came, and nothing followed. */
  received: Stuck;
  /** Uploads of which no byte came for long. */
  silent: Stuck;
}

/** What should have gone on and has not; up to `atMost` of each. */
export async function findStuck(
  db: Database,
  wanted: { atMost: number; untoldMs: number; unfinishedMs: number; silentMs: number },
): Promise<Found> {
  const { atMost, untoldMs, unfinishedMs, silentMs } = wanted;
  const rows = await db.$queryRaw<({ name: keyof Found } & Stuck)[]>`
    SELECT 'outbox' AS "name", count(*)::int AS "count", min("createdAt") AS "oldest" FROM (
      SELECT "createdAt" FROM "Outbox" WHERE "sentAt" IS NULL AND "createdAt" < now() - make_interval(secs => ${untoldMs / 1000})
      ORDER BY "id" LIMIT ${atMost}
    ) AS untold
    UNION ALL SELECT 'received', count(*)::int, min("updatedAt") FROM (
      SELECT "updatedAt" FROM "Upload" WHERE "state" = 'receiving' AND "offset" = "size"
        AND "updatedAt" < now() - make_interval(secs => ${unfinishedMs / 1000}) LIMIT ${atMost}
    ) AS whole
    UNION ALL SELECT 'silent', count(*)::int, min("updatedAt") FROM (
      SELECT "updatedAt" FROM "Upload" WHERE "state" = 'receiving' AND "offset" < "size"
        AND "updatedAt" < now() - make_interval(secs => ${silentMs / 1000}) LIMIT ${atMost}
    ) AS quiet`;
  const of = (name: keyof Found): Stuck => {
    const found = rows.find((row) => row.name === name);
    return { count: found?.count ?? 0, oldest: found?.oldest ?? null };
  };
  return { outbox: of('outbox'), received: of('received'), silent: of('silent') };
}

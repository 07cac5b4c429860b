import type { Database, Transaction } from '../database.ts';

/**
 * Writes what became ready since the sample before: a gap, while nobody was elected, is made up for by the next one. The first goes
 * back so far. Its moment is of whole milliseconds, as a video's is: rounded up, it would lie after a video that it did not count.
 */
export async function sampleOutput(db: Database | Transaction, { atMostMs }: { atMostMs: number }): Promise<void> {
  await db.$executeRaw`
    WITH span AS (
      SELECT date_trunc('milliseconds', now()) AS "until", GREATEST(max("at"), now() - make_interval(secs => ${atMostMs / 1000})) AS "since" FROM "OutputSample"
    )
    INSERT INTO "OutputSample" ("at", "videos", "videoSeconds")
    SELECT span."until", count(v."id"), COALESCE(sum((v."probe" ->> 'durationSeconds')::float8), 0)
    FROM span LEFT JOIN "Video" v ON v."readyAt" > span."since" AND v."readyAt" <= span."until"
    GROUP BY span."until"
    ON CONFLICT DO NOTHING`;
}

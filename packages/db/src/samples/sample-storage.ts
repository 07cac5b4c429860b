import type { Database } from '../database.ts';

/** It looks at every video, so it is done again only after so many times as long as it took: a hundredth of the database's time. */
const REST_TIMES = 100;

/** Adds up the sources that are kept and the files that are published, unless that was done just now. */
export async function sampleStorage(db: Database): Promise<void> {
  const last = await db.storageSample.findFirst({ orderBy: { at: 'desc' } });
  if (last !== null && Date.now() - last.at.getTime() < last.tookMs * REST_TIMES) return;
  const began = performance.now();
  const [sum] = await db.$queryRaw<{ at: Date; videos: number; sourceBytes: bigint; publishedBytes: bigint }[]>`
    SELECT now() AS "at", count(*)::int AS "videos", COALESCE(sum(v."sourceBytes"), 0)::int8 AS "sourceBytes",
      COALESCE(sum(made."bytes"), 0)::int8 AS "publishedBytes"
    FROM "Video" v LEFT JOIN (
      SELECT "jobId", sum("bytes") AS "bytes" FROM "Rendition" GROUP BY "jobId"
    ) made ON made."jobId" = v."publishedJobId"
    WHERE v."state" <> 'deleted'`;
  if (sum === undefined) throw new Error('The database added up nothing.');
  await db.storageSample.createMany({ data: [{ ...sum, tookMs: performance.now() - began }], skipDuplicates: true });
}

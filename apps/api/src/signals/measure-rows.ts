import type { Database } from '@transcode/db';
import { measure } from '@transcode/telemetry';

/** What is counted of the rows themselves: open jobs, uploads on their way, what has to be told, what is stored. */
export async function measureRows(db: Database): Promise<void> {
  const [counts] = await db.$queryRaw<Counts[]>`
    SELECT (SELECT count(*)::int FROM "Job" WHERE "state" = 'queued' AND NOT "videoDeleted") AS "queued",
      (SELECT count(*)::int FROM "Job" WHERE "state" = 'running' AND NOT "videoDeleted") AS "running",
      (SELECT count(*)::int FROM "Upload" WHERE "state" = 'receiving') AS "receiving",
      (SELECT COALESCE(sum("offset"), 0)::int8 FROM "Upload" WHERE "state" = 'receiving') AS "uploadBytes",
      (SELECT count(*)::int FROM "Outbox" WHERE "sentAt" IS NULL) AS "pending",
      (SELECT COALESCE(extract(epoch FROM now() - min("createdAt")), 0)::float8 FROM "Outbox" WHERE "sentAt" IS NULL) AS "oldest"`;
  if (counts === undefined) return;
  measure.set('jobs', { state: 'queued' }, counts.queued);
  measure.set('jobs', { state: 'running' }, counts.running);
  measure.set('uploadsReceiving', {}, counts.receiving);
  measure.set('outboxPending', {}, counts.pending);
  measure.set('outboxOldestSeconds', {}, Math.max(0, counts.oldest));
  measure.set('storedBytes', { content: 'uploads' }, Number(counts.uploadBytes));
  const stored = await db.storageSample.findFirst({ orderBy: { at: 'desc' } });
  measure.set('storedBytes', { content: 'sources' }, Number(stored?.sourceBytes ?? 0));
  measure.set('storedBytes', { content: 'renditions' }, Number(stored?.publishedBytes ?? 0));
}

interface Counts {
  readonly queued: number;
  readonly running: number;
  readonly receiving: number;
  readonly uploadBytes: bigint;
  readonly pending: number;
  readonly oldest: number;
}

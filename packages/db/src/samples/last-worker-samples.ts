import type { Database } from '../database.ts';
import type { WorkerSample } from '../generated/client.ts';

/** The last sample of each of these workers: one look at the end of an index for each. */
export function lastWorkerSamples(db: Database, workerIds: readonly string[]): Promise<WorkerSample[]> {
  return db.$queryRaw<WorkerSample[]>`
    SELECT last.* FROM unnest(${workerIds}::text[]) AS wanted("id") CROSS JOIN LATERAL (
      SELECT * FROM "WorkerSample" WHERE "workerId" = wanted."id" ORDER BY "at" DESC LIMIT 1
    ) AS last`;
}

import type { Database } from '../database.ts';
import type { GpuSample } from '../generated/client.ts';

/** The last sample that each worker took of each GPU it sees, of those after a moment. */
export function lastGpuSamples(db: Database, since: Date): Promise<GpuSample[]> {
  return db.$queryRaw<GpuSample[]>`
    SELECT DISTINCT ON ("workerId", "uuid") * FROM "GpuSample" WHERE "at" > ${since}
    ORDER BY "workerId", "uuid", "at" DESC`;
}

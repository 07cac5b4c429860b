import type { Database } from '../database.ts';

interface Queued {
  id: string;
  token: number;
}

/** Those of the deliveries whose task is queued, under the same token. The others are of no use to anybody. */
export async function stillQueued<D extends Queued>(db: Database, deliveries: readonly D[]): Promise<D[]> {
  if (deliveries.length === 0) return [];
  const ids = deliveries.map(({ id }) => id);
  const rows = await db.$queryRaw<Queued[]>`
    SELECT "id", "token" FROM "Task" WHERE "id" = ANY (${ids}::uuid[]) AND "state" = 'queued'`;
  const tokens = new Map(rows.map(({ id, token }) => [id, token]));
  return deliveries.filter(({ id, token }) => tokens.get(id) === token);
}

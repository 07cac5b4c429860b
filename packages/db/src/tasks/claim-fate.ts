import type { Claim } from './claim.ts';
import type { Database } from '../database.ts';

/**
 * `completed`: it had won before. `canceled`: the job was ended or removed under it. `lost`: its lease ran out, and the task is
 * another's or waits for one.
 */
export type ClaimFate = 'completed' | 'canceled' | 'lost';

/** What became of a claim that does not hold any more. */
export async function claimFate(db: Database, { task: { id }, token }: Claim): Promise<ClaimFate> {
  const task = await db.task.findUnique({ where: { id }, select: { state: true, token: true } });
  if (task === null || task.state === 'canceled') return 'canceled';
  return task.state === 'completed' && task.token === token ? 'completed' : 'lost';
}

import type { Progress } from '@transcode/contracts';
import type { Claim } from './claim.ts';
import type { Database } from '../database.ts';

/** Prolongs a claim and keeps its progress. False: the claim is lost, and the work on it has to stop. */
export async function renewLease(
  db: Database,
  claim: Claim,
  { leaseMs, progress }: { leaseMs: number; progress?: Progress | undefined },
): Promise<boolean> {
  const kept = progress === undefined ? null : JSON.stringify(progress);
  const renewed = await db.$executeRaw`
    UPDATE "Task" SET
      "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000}),
      "progress" = COALESCE(${kept}::jsonb, "progress")
    WHERE "id" = ${claim.task.id}::uuid AND "token" = ${claim.token} AND "state" = 'running'`;
  return renewed === 1;
}

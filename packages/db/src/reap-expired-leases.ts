import { sentenceOf } from '@transcode/contracts';
import type { Database } from './database.ts';
import type { ReadyTask } from './ready-task.ts';
import { settleFailure } from './settle-failure.ts';

const AT_ONCE = 200;

/** Takes back the tasks whose worker has not renewed its lease, and counts a death around the work for each. */
export async function reapExpiredLeases(db: Database): Promise<ReadyTask[]> {
  const expired = await db.$queryRaw<{ id: string; jobId: string; token: number; workerId: string | null }[]>`
    SELECT "id", "jobId", "token", "workerId" FROM "Task"
    WHERE "state" = 'running' AND "leaseUntil" < now()
    ORDER BY "leaseUntil" LIMIT ${AT_ONCE}`;
  const released: ReadyTask[] = [];
  for (const { id, jobId, token, workerId } of expired) {
    const reason = `worker ${workerId ?? 'unknown'} went silent`;
    const failure = { code: 'worker_died', text: sentenceOf('worker_died', { reason }) };
    const settled = await db.$transaction((tx) =>
      settleFailure(tx, { task: { id, jobId }, token }, failure, { onlyIfExpired: true }),
    );
    released.push(...settled.released);
  }
  return released;
}

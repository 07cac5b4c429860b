import { LEASE_MS, sentenceOf } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';
import type { ReadyTask } from './ready-task.ts';
import { settleFailure, type TaskFailure } from './settle-failure.ts';

const AT_ONCE = 200;

interface Expired {
  id: string;
  jobId: string;
  token: number;
  workerId: string | null;
  databaseRestarted: boolean;
}

export interface ReapedLeases {
  /** To be delivered. */
  released: ReadyTask[];
  /** Jobs that ended with it. */
  failedJobIds: string[];
}

/**
 * Takes back the tasks whose worker has not renewed its lease, and counts a death around the work for each; an outage, where the
 * database itself was started anew while the lease ran, as no worker can renew one then.
 */
export async function reapExpiredLeases(db: Database): Promise<ReapedLeases> {
  const expired = await db.$queryRaw<Expired[]>`
    SELECT "id", "jobId", "token", "workerId",
      pg_postmaster_start_time() > "leaseUntil" - make_interval(secs => ${LEASE_MS / 1000}) AS "databaseRestarted"
    FROM "Task"
    WHERE "state" = 'running' AND "leaseUntil" < now()
    ORDER BY "leaseUntil" LIMIT ${AT_ONCE}`;
  const reaped: ReapedLeases = { released: [], failedJobIds: [] };
  for (const { id, jobId, token, ...how } of expired) {
    const failure = failureOf(how);
    const settled = await db.$transaction(async (tx) =>
      (await isFree(tx, jobId))
        ? settleFailure(tx, { task: { id, jobId }, token }, failure, { onlyIfExpired: true })
        : undefined,
    );
    reaped.released.push(...(settled?.released ?? []));
    if (settled?.outcome === 'job_failed') reaped.failedJobIds.push(jobId);
  }
  return reaped;
}

/** Takes the job's row, unless somebody has it: a stopped worker may, and the tasks of other jobs do not wait for that. */
async function isFree(tx: Transaction, jobId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Job" WHERE "id" = ${jobId}::uuid FOR NO KEY UPDATE SKIP LOCKED`;
  return rows.length > 0;
}

function failureOf({ workerId, databaseRestarted }: Pick<Expired, 'workerId' | 'databaseRestarted'>): TaskFailure {
  if (databaseRestarted) return { code: 'database_unavailable', text: sentenceOf('database_unavailable') };
  const reason = `worker ${workerId ?? 'unknown'} went silent`;
  return { code: 'worker_died', text: sentenceOf('worker_died', { reason }) };
}

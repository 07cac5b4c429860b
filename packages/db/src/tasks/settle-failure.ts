import { ERRORS, isErrorCode, MAX_INFRA_ATTEMPTS, MAX_WORK_ATTEMPTS, type Blame } from '@transcode/contracts';
import type { Claim } from './claim.ts';
import type { Transaction } from '../database.ts';
import { endAttempt } from './end-attempt.ts';
import { endJobAsFailed } from '../jobs/end-job-as-failed.ts';
import { finishJob } from '../jobs/finish-job.ts';
import { lockJob } from '../jobs/lock-job.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';
import { releaseReadyTasks } from './release-ready-tasks.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface TaskFailure {
  /** A code of the error registry; anything else counts as the work's own fault. */
  code: string;
  text: string;
  tail?: string | undefined;
}

/** `noted`: the task failed for good, but the job can do without it. `ignored`: the claim was lost before. */
export interface FailureOutcome {
  outcome: 'retried' | 'noted' | 'job_failed' | 'ignored';
  released: ReadyTask[];
}

/** Counts a failure where it belongs and decides: once more, without it, or not at all. */
export async function settleFailure(
  tx: Transaction,
  claim: Claim,
  failure: TaskFailure,
  { onlyIfExpired }: { onlyIfExpired: boolean },
): Promise<FailureOutcome> {
  const { jobId } = claim.task;
  await lockJob(tx, jobId);
  const where = { id: claim.task.id, token: claim.token, state: 'running' as const };
  const task = await lockTask(tx, claim, onlyIfExpired);
  if (task === undefined) return { outcome: 'ignored', released: [] };

  const outcome = onlyIfExpired ? 'lost' : 'failed';
  await endAttempt(tx, claim, { outcome, failureCode: failure.code, failureText: failure.text });
  const blame = isErrorCode(failure.code) ? ERRORS[failure.code].blame : 'work';
  const counted = count(task, blame);
  const told = { failureCode: failure.code, failureText: failure.text, failureTail: failure.tail ?? null };
  const { attempts, infraAttempts, outages } = counted;
  const deaths = infraAttempts - outages;
  if (blame !== 'input' && attempts < MAX_WORK_ATTEMPTS && deaths < MAX_INFRA_ATTEMPTS) {
    await tx.task.update({ where, data: { ...told, ...counted } });
    const delay = retryDelayMs(blame, { deaths, outages });
    return { outcome: 'retried', released: [await requeue(tx, claim.task.id, delay)] };
  }

  await tx.task.update({
    where,
    data: { ...told, ...counted, state: 'failed', endedAt: new Date(), leaseUntil: null },
  });
  if (task.essential) {
    await endJobAsFailed(tx, jobId, told);
    return { outcome: 'job_failed', released: [] };
  }
  await tx.job.update({ where: { id: jobId }, data: { notes: { push: failure.text } } });
  const released = await releaseReadyTasks(tx, jobId);
  await finishJob(tx, jobId);
  return { outcome: 'noted', released };
}

interface Counters {
  attempts: number;
  infraAttempts: number;
  outages: number;
  failedBy: string | null;
}

interface LockedTask extends Counters {
  workerId: string | null;
  essential: boolean;
}

/** What the work did to itself counts for it, and for the worker it happened on; what happened around it counts apart. */
function count({ attempts, infraAttempts, outages, failedBy, workerId }: LockedTask, blame: Blame): Counters {
  const own = blame === 'work' || blame === 'input';
  return {
    attempts: attempts + (own ? 1 : 0),
    infraAttempts: infraAttempts + (own ? 0 : 1),
    outages: outages + (blame === 'outage' ? 1 : 0),
    failedBy: own ? workerId : failedBy,
  };
}

async function lockTask(tx: Transaction, claim: Claim, onlyIfExpired: boolean): Promise<LockedTask | undefined> {
  const rows = await tx.$queryRaw<LockedTask[]>`
    SELECT "attempts", "infraAttempts", "outages", "failedBy", "workerId", "essential" FROM "Task"
    WHERE "id" = ${claim.task.id}::uuid AND "token" = ${claim.token} AND "state" = 'running'
      AND (NOT ${onlyIfExpired} OR "leaseUntil" < now())
    FOR UPDATE`;
  return rows[0];
}

async function requeue(tx: Transaction, taskId: string, delayMs: number): Promise<ReadyTask> {
  const rows = await tx.$queryRaw<ReadyTask[]>`
    UPDATE "Task" SET
      "state" = 'queued', "queuedAt" = now(), "leaseUntil" = NULL, "workerId" = NULL, "progress" = NULL,
      "notBefore" = CASE WHEN ${delayMs} > 0 THEN now() + make_interval(secs => ${delayMs / 1000}) END
    WHERE "id" = ${taskId}::uuid
    RETURNING ${READY_COLUMNS}`;
  const [ready] = rows;
  if (ready === undefined) throw new Error(`Task ${taskId} vanished while it was locked.`);
  return ready;
}

import { TranscodeError } from '@transcode/contracts';
import type { Claim } from './claim.ts';
import { markForCopy } from '../copies/mark-for-copy.ts';
import type { Database, Transaction } from '../database.ts';
import { endAttempt } from './end-attempt.ts';
import { finishJob } from '../jobs/finish-job.ts';
import { lockJob } from '../jobs/lock-job.ts';
import type { ReadyTask } from './ready-task.ts';
import { releaseReadyTasks } from './release-ready-tasks.ts';

/**
 * Commits a task's result in one transaction: the token is checked, `commit` writes, the task is completed, its successors are
 * queued, the job completed if nothing essential is left. An old token changes nothing and throws `lease_lost`. Doing it again is
 * harmless: where the connection broke just after the transaction stood, nobody knows that it did.
 */
export async function completeTask(
  db: Database,
  claim: Claim,
  commit: (tx: Transaction) => Promise<void>,
): Promise<{ released: ReadyTask[]; jobCompleted: boolean }> {
  return db.$transaction(async (tx) => {
    const job = await lockJob(tx, claim.task.jobId);
    const completed = await tx.$executeRaw`
      UPDATE "Task" SET "state" = 'completed', "endedAt" = now(), "leaseUntil" = NULL
      WHERE "id" = ${claim.task.id}::uuid AND "token" = ${claim.token} AND "state" = 'running'`;
    if (completed !== 1) {
      const ours = { id: claim.task.id, token: claim.token, state: 'completed' as const };
      if ((await tx.task.count({ where: ours })) === 1) return { released: [], jobCompleted: false };
      throw new TranscodeError('lease_lost');
    }
    await endAttempt(tx, claim, { outcome: 'completed' });
    await commit(tx);
    if (job !== undefined) await markForCopy(tx, job.videoId);
    const released = await releaseReadyTasks(tx, claim.task.jobId);
    return { released, jobCompleted: await finishJob(tx, claim.task.jobId) };
  });
}

import { TranscodeError } from '@transcode/contracts';
import type { Claim } from './claim.ts';
import type { Database } from '../database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

/** A stopping worker gives its task back, without counting an attempt of any kind. */
export async function handBackTask(db: Database, claim: Claim): Promise<ReadyTask> {
  const [ready] = await db.$queryRaw<ReadyTask[]>`
    WITH "handedBack" AS (
      UPDATE "Task" SET
        "state" = 'queued', "queuedAt" = now(), "leaseUntil" = NULL, "workerId" = NULL, "progress" = NULL,
        "startedAt" = NULL
      WHERE "id" = ${claim.task.id}::uuid AND "token" = ${claim.token} AND "state" = 'running'
      RETURNING ${READY_COLUMNS}
    ), remembered AS (
      UPDATE "TaskAttempt" a SET "endedAt" = now(), "outcome" = 'handed_back'
      FROM "handedBack" t WHERE a."taskId" = t."id" AND a."token" = t."token"
    )
    SELECT * FROM "handedBack"`;
  if (ready === undefined) throw new TranscodeError('lease_lost');
  return ready;
}

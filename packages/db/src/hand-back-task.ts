import { TranscodeError } from '@transcode/contracts';
import type { Claim } from './claim.ts';
import type { Database } from './database.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

/** A stopping worker gives its task back, without counting an attempt of any kind. */
export async function handBackTask(db: Database, claim: Claim): Promise<ReadyTask> {
  const [ready] = await db.$queryRaw<ReadyTask[]>`
    UPDATE "Task" SET
      "state" = 'queued', "queuedAt" = now(), "leaseUntil" = NULL, "workerId" = NULL, "progress" = NULL,
      "startedAt" = NULL
    WHERE "id" = ${claim.task.id}::uuid AND "token" = ${claim.token} AND "state" = 'running'
    RETURNING ${READY_COLUMNS}`;
  if (ready === undefined) throw new TranscodeError('lease_lost');
  return ready;
}

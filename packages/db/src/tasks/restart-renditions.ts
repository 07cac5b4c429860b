import { ENCODER_ABSENT_MS } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';
import { findStrandedJobs } from '../jobs/find-stranded-jobs.ts';
import { Prisma } from '../generated/client.ts';
import { lockJob } from '../jobs/lock-job.ts';
import { READY_COLUMNS, type ReadyTask } from './ready-task.ts';

export interface RestartedJob {
  jobId: string;
  /** To be delivered. */
  released: ReadyTask[];
}

const NOTE = `No worker with the ffmpeg that had begun this video was there for ${ENCODER_ABSENT_MS / 1000} s. All its renditions were encoded again from the start with another one, so that each is of one piece.`;
const NOTE_NOTHING_LOST =
  'The worker whose ffmpeg had begun this video went away before a part of it was done. Another began again.';

/** Lets the jobs go on with the workers there are whose encoder went away for good. What their chunks had is given up. */
export async function restartRenditions(db: Database): Promise<RestartedJob[]> {
  const restarted: RestartedJob[] = [];
  for (const { jobId } of await findStrandedJobs(db)) {
    const released = await db.$transaction((tx) => restart(tx, jobId));
    if (released.length > 0) restarted.push({ jobId, released });
  }
  return restarted;
}

/** A worker may have come back, or the job ended, since it was found: it is looked at again under its lock. */
async function restart(tx: Transaction, jobId: string): Promise<ReadyTask[]> {
  await lockJob(tx, jobId);
  const [stranded] = await findStrandedJobs(tx, jobId);
  if (stranded === undefined) return [];
  await tx.chunk.updateMany({
    where: { jobId, kind: 'video' },
    data: { state: 'waiting', token: null, result: Prisma.DbNull, doneAt: null },
  });
  await tx.rendition.updateMany({ where: { jobId, kind: 'video' }, data: { fingerprint: null } });
  await tx.job.update({
    where: { id: jobId },
    data: { notes: { push: stranded.begun ? NOTE : NOTE_NOTHING_LOST } },
  });
  // Who still works on one loses its claim by the state, and the next claim has a higher token.
  await tx.$executeRaw`
    UPDATE "TaskAttempt" a SET "endedAt" = now(), "outcome" = 'superseded'
    FROM "Task" t
    WHERE t."jobId" = ${jobId}::uuid AND t."stage" = 'encode' AND t."state" = 'running'
      AND a."taskId" = t."id" AND a."token" = t."token"`;
  return tx.$queryRaw<ReadyTask[]>`
    UPDATE "Task" SET
      "state" = 'queued', "requires" = "requires" - 'build', "attempts" = 0, "failedBy" = NULL, "queuedAt" = now(),
      "notBefore" = NULL, "leaseUntil" = NULL, "workerId" = NULL, "progress" = NULL, "startedAt" = NULL, "endedAt" = NULL
    WHERE "jobId" = ${jobId}::uuid AND "stage" = 'encode' AND "state" IN ('queued', 'running', 'completed')
    RETURNING ${READY_COLUMNS}`;
}

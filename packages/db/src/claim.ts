import type { Database } from './database.ts';
import type { Job, Task, Video } from './generated/client.ts';

/** Names one claim: what a worker shows whenever it writes about the task. */
export interface Claim {
  task: { id: string; jobId: string };
  token: number;
}

export interface ClaimedTask extends Claim {
  task: Task;
  job: Job;
  video: Video;
}

/**
 * Takes a queued task by compare-and-set: exactly one of many claimants gets it, with a token that no earlier claim had. The job's
 * row is locked first, as by everything that changes a job's tasks, so that none of them wait for each other in a circle.
 */
export async function claimTask(
  db: Database,
  { taskId, workerId, leaseMs }: { taskId: string; workerId: string; leaseMs: number },
): Promise<ClaimedTask | undefined> {
  const claimed = await db.$queryRaw<{ token: number }[]>`
    WITH job AS (
      SELECT j."id", j."videoId" FROM "Job" j JOIN "Task" t ON t."jobId" = j."id"
      WHERE t."id" = ${taskId}::uuid AND t."state" = 'queued' AND j."state" IN ('queued', 'running', 'completed')
      FOR NO KEY UPDATE OF j
    ), claimed AS (
      UPDATE "Task" t SET
        "state" = 'running', "token" = t."token" + 1, "workerId" = ${workerId},
        "leaseUntil" = now() + make_interval(secs => ${leaseMs / 1000}),
        "startedAt" = now(), "endedAt" = NULL, "progress" = NULL, "notBefore" = NULL,
        "failureCode" = NULL, "failureText" = NULL, "failureTail" = NULL
      FROM job
      WHERE t."id" = ${taskId}::uuid AND t."state" = 'queued' AND (t."notBefore" IS NULL OR t."notBefore" <= now())
      RETURNING t."token", t."jobId"
    ), started AS (
      UPDATE "Job" j SET "state" = 'running', "startedAt" = COALESCE(j."startedAt", now())
      FROM claimed WHERE j."id" = claimed."jobId" AND j."state" = 'queued'
    ), shown AS (
      UPDATE "Video" v SET "state" = 'processing'
      FROM job, claimed WHERE v."id" = job."videoId" AND v."state" = 'uploading'
    )
    SELECT "token" FROM claimed`;
  const token = claimed[0]?.token;
  if (token === undefined) return undefined;
  const row = await db.task.findUniqueOrThrow({
    where: { id: taskId },
    include: { job: { include: { video: true } } },
  });
  const { job: jobRow, ...task } = row;
  const { video, ...job } = jobRow;
  return { task, job, video, token };
}

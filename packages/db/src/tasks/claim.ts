import { WORK_RETRY_PAUSE_MS } from '@transcode/contracts';
import type { Database } from '../database.ts';
import type { Job, Task, Video } from '../generated/client.ts';

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

export interface Claimant {
  workerId: string;
  /** The sha256 of its ffmpeg's build. */
  build: string;
  leaseMs: number;
}

/**
 * Takes a queued task by compare-and-set: exactly one of many claimants gets it, with a token that no earlier claim had. The job's
 * row is locked first, as by everything that changes a job's tasks, so that none of them wait for each other in a circle.
 *
 * The first claim of an encode decides which ffmpeg makes all of the job's chunks: what its renditions share has to be the same to
 * the byte. Whoever has another one gets none of them. And where the work has failed by itself, the same worker has to wait.
 * What operators have paused is asked for in the same statement, so that nothing slips through once they were answered.
 */
export async function claimTask(
  db: Database,
  { taskId, workerId, build, leaseMs }: Claimant & { taskId: string },
): Promise<ClaimedTask | undefined> {
  const requirement = JSON.stringify({ build });
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
        "failureCode" = NULL, "failureText" = NULL, "failureTail" = NULL,
        "requires" = CASE WHEN t."stage" = 'encode' THEN t."requires" || ${requirement}::jsonb ELSE t."requires" END
      FROM job
      WHERE t."id" = ${taskId}::uuid AND t."state" = 'queued' AND (t."notBefore" IS NULL OR t."notBefore" <= now())
        AND COALESCE(t."requires" ->> 'build', ${build}) = ${build}
        AND (t."failedBy" IS DISTINCT FROM ${workerId} OR t."queuedAt" <= now() - make_interval(secs => ${WORK_RETRY_PAUSE_MS / 1000}))
        AND NOT EXISTS (
          SELECT 1 FROM "WorkControl" c WHERE c."scope" IN ('all', 'class:' || t."class", 'worker:' || ${workerId})
        )
      RETURNING t."id", t."token", t."jobId", t."stage", t."queuedAt", t."startedAt"
    ), remembered AS (
      INSERT INTO "TaskAttempt" ("taskId", "token", "workerId", "queuedAt", "startedAt")
      SELECT "id", "token", ${workerId}, "queuedAt", "startedAt" FROM claimed
    ), required AS (
      UPDATE "Task" other SET "requires" = other."requires" || ${requirement}::jsonb
      FROM claimed
      WHERE claimed."stage" = 'encode' AND other."jobId" = claimed."jobId" AND other."stage" = 'encode'
        AND other."id" <> ${taskId}::uuid AND other."state" <> 'completed' AND other."requires" ->> 'build' IS NULL
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

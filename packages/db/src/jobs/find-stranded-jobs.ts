import { ENCODER_ABSENT_MS, WORKER_SILENT_MS } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';

export interface StrandedJob {
  jobId: string;
  /** Something would be lost by starting again: a chunk is done, or being made. */
  begun: boolean;
}

/**
 * Running jobs with an encode that only an absent ffmpeg may take, while workers with another one stand by. Absent means: for
 * ENCODER_ABSENT_MS, in which those others could work, no worker with it was alive and out of quarantine. A job that has nothing to
 * lose does not wait. A worker that an operator has paused is not absent.
 *
 * All of it is read from rows, by the database's clock, so that nothing is forgotten by an API that starts again.
 */
export function findStrandedJobs(db: Database | Transaction, jobId?: string): Promise<StrandedJob[]> {
  const one = jobId === undefined ? Prisma.empty : Prisma.sql`AND t."jobId" = ${jobId}::uuid`;
  return db.$queryRaw<StrandedJob[]>`
    WITH worker AS (
      SELECT "classes", "capabilities" ->> 'build' AS "build", "ableSince",
        "stoppedAt" IS NULL AND "quarantinedAt" IS NULL
          AND "seenAt" > now() - make_interval(secs => ${WORKER_SILENT_MS / 1000}) AS "able",
        LEAST("seenAt", "stoppedAt", "quarantinedAt") AS "lastAble"
      FROM "Worker"
    ), waiting AS (
      SELECT DISTINCT t."jobId", t."class", t."requires" ->> 'build' AS "build"
      FROM "Task" t JOIN "Job" j ON j."id" = t."jobId"
      WHERE t."state" = 'queued' AND t."requires" <> '{}' AND t."stage" = 'encode' AND j."state" = 'running' ${one}
    ), alone AS MATERIALIZED (
      -- Most often there is none, and then nothing else is asked.
      SELECT w.* FROM waiting w
      WHERE EXISTS (SELECT 1 FROM worker k WHERE k."able" AND w."class" = ANY (k."classes"))
        AND NOT EXISTS (
          SELECT 1 FROM worker k WHERE k."able" AND k."build" = w."build" AND w."class" = ANY (k."classes")
        )
    ), stranded AS (
      SELECT w."jobId",
        EXISTS (SELECT 1 FROM "Chunk" c WHERE c."jobId" = w."jobId" AND c."kind" = 'video' AND c."state" = 'done')
          OR EXISTS (
            SELECT 1 FROM "Task" t WHERE t."jobId" = w."jobId" AND t."stage" = 'encode' AND t."state" = 'running'
          ) AS "begun",
        GREATEST(
          (SELECT max(k."lastAble") FROM worker k WHERE k."build" = w."build" AND w."class" = ANY (k."classes")),
          (SELECT min(k."ableSince") FROM worker k WHERE k."able" AND w."class" = ANY (k."classes"))
        ) AS "since"
      FROM alone w
    )
    SELECT "jobId", bool_or("begun") AS "begun" FROM stranded
    WHERE NOT "begun" OR "since" <= now() - make_interval(secs => ${ENCODER_ABSENT_MS / 1000})
    GROUP BY "jobId"`;
}

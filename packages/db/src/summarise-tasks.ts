import type { Stage } from '@transcode/contracts';
import type { Database } from './database.ts';

/** Neighbouring tasks of one stage of a job, as a list shows them: as one piece of its strip. */
export interface TaskPiece {
  readonly jobId: string;
  readonly stage: Stage;
  /** Place in the strip; -1 is the check of what is no picture. */
  readonly place: number;
  /** Frames of all, and of what of them is done; 1 for a task that is not about frames. */
  readonly frames: number;
  readonly done: number;
  readonly takenOver: boolean;
  readonly allDone: boolean;
  readonly anyFailed: boolean;
  readonly anyRunning: boolean;
  readonly anyCanceled: boolean;
  readonly waitsForMeasure: boolean;
}

/** A day's video has more chunks than a row of a list has pixels. */
const MOST_PLACES = 40;

/** How far some jobs are, in one query and at most so many rows a job, however many tasks it has. */
export async function summariseTasks(db: Database, jobIds: readonly string[]): Promise<TaskPiece[]> {
  if (jobIds.length === 0) return [];
  return db.$queryRaw<TaskPiece[]>`
    WITH piece AS (
      SELECT t."jobId", t."stage", t."state", t."infraAttempts" > 0 AS "takenOver", 'measure' = ANY (t."after") AS "waits",
        CASE WHEN t."stage" = 'verify' AND t."index" = 0 THEN -1
          ELSE t."index" * ${MOST_PLACES}::int / GREATEST(count(*) OVER (PARTITION BY t."jobId", t."stage"), ${MOST_PLACES}::int)
        END::int AS "place",
        COALESCE(c."endFrame" - c."startFrame", 1)::float8 AS "frames",
        CASE t."state" WHEN 'completed' THEN 1 WHEN 'running' THEN COALESCE((t."progress" ->> 'fraction')::float8, 0) ELSE 0 END
          AS "fraction"
      FROM "Task" t
      LEFT JOIN "Chunk" c ON c."jobId" = t."jobId" AND c."kind" = 'video'
        AND c."index" = CASE t."stage" WHEN 'encode' THEN t."index" WHEN 'verify' THEN t."index" - 1 END
      WHERE t."jobId" = ANY (${[...jobIds]}::uuid[])
    )
    SELECT "jobId", "stage", "place", sum("frames") AS "frames", sum("frames" * "fraction") AS "done",
      bool_or("takenOver") AS "takenOver", bool_and("state" = 'completed') AS "allDone",
      bool_or("state" = 'failed') AS "anyFailed", bool_or("state" = 'running') AS "anyRunning",
      bool_or("state" = 'canceled') AS "anyCanceled", bool_or("waits") AS "waitsForMeasure"
    FROM piece GROUP BY "jobId", "stage", "place" ORDER BY "jobId", "stage", "place"`;
}

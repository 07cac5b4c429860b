import type { Stage } from '@transcode/contracts';
import type { Database } from './database.ts';

/** Neighbouring tasks of one stage of a job, as a list shows them: as one piece of its strip. */
export interface TaskPiece {
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

interface JobPieces {
  readonly jobId: string;
  readonly pieces: TaskPiece[];
}

/** A day's video has more chunks than a row of a list has pixels. */
const MOST_PLACES = 40;

/** How far some jobs are, in one query and one row a job, however many tasks it has. */
export async function summariseTasks(db: Database, jobIds: readonly string[]): Promise<JobPieces[]> {
  if (jobIds.length === 0) return [];
  return db.$queryRaw<JobPieces[]>`
    WITH task AS (
      SELECT t."jobId", t."stage", t."index", t."state", t."infraAttempts" > 0 AS "takenOver",
        'measure' = ANY (t."after") AS "waits",
        CASE WHEN t."stage" = 'verify' AND t."index" = 0 THEN -1
          ELSE t."index" * ${MOST_PLACES}::int / GREATEST(count(*) OVER (PARTITION BY t."jobId", t."stage"), ${MOST_PLACES}::int)
        END::int AS "place",
        CASE t."state" WHEN 'completed' THEN 1 WHEN 'running' THEN COALESCE((t."progress" ->> 'fraction')::float8, 0) ELSE 0 END
          AS "fraction"
      FROM "Task" t WHERE t."jobId" = ANY (${[...jobIds]}::uuid[])
    ), frames AS (
      SELECT "jobId", "index", ("endFrame" - "startFrame")::float8 AS "frames"
      FROM "Chunk" WHERE "jobId" = ANY (${[...jobIds]}::uuid[]) AND "kind" = 'video'
    ), piece AS (
      SELECT task."jobId", "stage", "place",
        sum(COALESCE(f."frames", 1)) AS "frames", sum(COALESCE(f."frames", 1) * "fraction") AS "done",
        bool_or("takenOver") AS "takenOver", bool_and("state" = 'completed') AS "allDone",
        bool_or("state" = 'failed') AS "anyFailed", bool_or("state" = 'running') AS "anyRunning",
        bool_or("state" = 'canceled') AS "anyCanceled", bool_or("waits") AS "waitsForMeasure"
      FROM task LEFT JOIN frames f ON f."jobId" = task."jobId"
        AND f."index" = CASE "stage" WHEN 'encode' THEN task."index" WHEN 'verify' THEN task."index" - 1 END
      GROUP BY task."jobId", "stage", "place"
    )
    SELECT "jobId", json_agg(piece ORDER BY "stage", "place") AS "pieces" FROM piece GROUP BY "jobId"`;
}

import type { Stage, TaskState } from '@transcode/contracts';
import type { Transaction } from '../database.ts';

/** What a list needs of a task. */
export interface TaskOutline {
  readonly stage: Stage;
  readonly index: number;
  readonly state: TaskState;
  readonly after: readonly Stage[];
  readonly takenOver: boolean;
  /** `Progress` of packages/contracts, as it was written; nothing where it is not running. */
  readonly progress: unknown;
}

/** Frames from its start up to its end. */
interface ChunkOutline {
  readonly index: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** How far a job is, without what else there is to know of its tasks. */
export interface JobOutline {
  readonly jobId: string;
  /** In no order. */
  readonly tasks: readonly TaskOutline[];
  /** In their order; none before there is a plan. */
  readonly chunks: readonly ChunkOutline[];
}

type TaskTuple = [Stage, number, TaskState, Stage[], boolean, unknown];
type ChunkTuple = [index: number, startFrame: number, endFrame: number];

interface OutlineRow {
  readonly jobId: string;
  /** Tuples in JSON. */
  readonly tasks: string;
  readonly chunks: string | null;
}

/**
 * The outlines of some jobs in one query. The database writes a text for each job: rows, or JSON that it makes of columns, take
 * several times as long for a page of jobs. Jobs without tasks have no outline.
 */
export async function readJobOutlines(db: Transaction, jobIds: readonly string[]): Promise<JobOutline[]> {
  if (jobIds.length === 0) return [];
  const rows = await db.$queryRaw<OutlineRow[]>`
    SELECT t."jobId",
      string_agg('["' || t."stage"::text || '",' || t."index" || ',"' || t."state"::text || '",'
        || COALESCE(array_to_json(t."after")::text, '[]')
        || CASE WHEN t."infraAttempts" > 0 THEN ',true,' ELSE ',false,' END
        || CASE t."state" WHEN 'running' THEN COALESCE(t."progress"::text, 'null') ELSE 'null' END || ']', ',') AS "tasks",
      (
        SELECT string_agg('[' || c."index" || ',' || c."startFrame" || ',' || c."endFrame" || ']', ',' ORDER BY c."index")
        FROM "Chunk" c WHERE c."jobId" = t."jobId" AND c."kind" = 'video'
      ) AS "chunks"
    FROM "Task" t WHERE t."jobId" = ANY (${[...jobIds]}::uuid[]) GROUP BY t."jobId"`;
  return rows.map(({ jobId, tasks, chunks }) => ({
    jobId,
    tasks: (JSON.parse(`[${tasks}]`) as TaskTuple[]).map(taskOutline),
    chunks: (JSON.parse(`[${chunks ?? ''}]`) as ChunkTuple[]).map(chunkOutline),
  }));
}

function taskOutline([stage, index, state, after, takenOver, progress]: TaskTuple): TaskOutline {
  return { stage, index, state, after, takenOver, progress };
}

function chunkOutline([index, startFrame, endFrame]: ChunkTuple): ChunkOutline {
  return { index, startFrame, endFrame };
}

import type { Priority, Stage, TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** Tasks of one stage of a job that are alike but for their size: those that wait at one place of the line, or for earlier stages. */
export interface OpenGroup {
  readonly jobId: string;
  readonly stage: Stage;
  readonly class: TaskClass;
  readonly priority: Priority;
  readonly state: 'queued' | 'blocked';
  /** It was claimed before: it goes before what was not, at the same priority. */
  readonly begun: boolean;
  /** Stages of its job that must be done first. */
  readonly after: readonly Stage[];
  /** Seconds since they were queued. */
  readonly queued: number;
  readonly count: number;
  /** Of all of them. */
  readonly work: number;
}

export interface RunningWork {
  readonly jobId: string;
  readonly stage: Stage;
  readonly class: TaskClass;
  readonly workerId: string | null;
  readonly work: number;
  /** Seconds since it was claimed. */
  readonly elapsed: number;
  /** As it last said; nothing where it did not. */
  readonly fraction: number | null;
}

/** One claim that ended. */
export interface SeenWork {
  readonly jobId: string;
  readonly stage: Stage;
  readonly workerId: string;
  readonly work: number;
  /** Seconds for which it held a slot. */
  readonly busy: number;
  /** Seconds since it ended. */
  readonly age: number;
  /** Otherwise the slot was held in vain. */
  readonly completed: boolean;
}

export interface OpenTotal {
  readonly class: TaskClass;
  readonly stage: Stage;
  readonly state: 'queued' | 'blocked' | 'running';
  readonly count: number;
  readonly work: number;
}

export interface WorkSurvey {
  /** Everything that is open. */
  readonly totals: readonly OpenTotal[];
  /** What waits of the jobs that come first in each line, and of those that run. */
  readonly groups: readonly OpenGroup[];
  readonly running: readonly RunningWork[];
  /** The latest that ended. */
  readonly seen: readonly SeenWork[];
}

/** So many tasks of each line are looked at with their jobs; of the others only how much they are. */
const FIRST_IN_LINE = 1_000;
const SEEN = 600;
/** Speed of longer ago says little. */
const SEEN_SECONDS = 24 * 3600;

/** What is left to do, what is being done and how fast it went. It adds up everything that is open, so it takes the longer the more that is. */
export async function surveyWork(db: Database): Promise<WorkSurvey> {
  const [totals, groups, running, seen] = await Promise.all([
    readTotals(db),
    readGroups(
      db,
      Prisma.sql`
        SELECT first."jobId" FROM unnest(enum_range(NULL::"TaskClass")) AS of_class CROSS JOIN LATERAL (
          SELECT "jobId" FROM "Task" WHERE "state" = 'queued' AND "class" = of_class
          ORDER BY "priority" DESC, "queuedAt" LIMIT ${FIRST_IN_LINE}
        ) AS first
        UNION SELECT "jobId" FROM "Task" WHERE "state" = 'running'`,
    ),
    readRunning(db),
    readSeen(db),
  ]);
  return { totals, groups, running, seen };
}

/** What waits of some jobs. */
export function surveyJobs(db: Database, jobIds: readonly string[]): Promise<OpenGroup[]> {
  return readGroups(db, Prisma.sql`SELECT unnest(${[...jobIds]}::uuid[]) AS "jobId"`);
}

function readTotals(db: Database): Promise<OpenTotal[]> {
  return db.$queryRaw<OpenTotal[]>`
    SELECT "class", "stage", "state", count(*)::int AS "count", sum("work") AS "work"
    FROM "Task" WHERE "state" IN ('queued', 'blocked', 'running') GROUP BY "class", "stage", "state"`;
}

function readGroups(db: Database, jobs: Prisma.Sql): Promise<OpenGroup[]> {
  return db.$queryRaw<OpenGroup[]>`
    SELECT t."jobId", t."stage", t."class", t."priority", t."state", t."token" > 0 AS "begun", t."after"::text[] AS "after",
      COALESCE(extract(epoch FROM now() - t."queuedAt"), 0)::float8 AS "queued", count(*)::int AS "count", sum(t."work") AS "work"
    FROM "Task" t WHERE t."jobId" IN (${jobs}) AND t."state" IN ('queued', 'blocked')
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;
}

function readRunning(db: Database): Promise<RunningWork[]> {
  return db.$queryRaw<RunningWork[]>`
    SELECT "jobId", "stage", "class", "workerId", "work",
      COALESCE(extract(epoch FROM now() - "startedAt"), 0)::float8 AS "elapsed", ("progress" ->> 'fraction')::float8 AS "fraction"
    FROM "Task" WHERE "state" = 'running'`;
}

function readSeen(db: Database): Promise<SeenWork[]> {
  return db.$queryRaw<SeenWork[]>`
    SELECT t."jobId", t."stage", a."workerId", t."work", GREATEST(0, extract(epoch FROM a."endedAt" - a."startedAt"))::float8 AS "busy",
      extract(epoch FROM now() - a."endedAt")::float8 AS "age", a."outcome" = 'completed' AS "completed"
    FROM (
      SELECT * FROM "TaskAttempt"
      WHERE "endedAt" > now() - make_interval(secs => ${SEEN_SECONDS}) AND "outcome" IN ('completed', 'failed', 'lost', 'handed_back')
      ORDER BY "endedAt" DESC LIMIT ${SEEN}
    ) a JOIN "Task" t ON t."id" = a."taskId"`;
}

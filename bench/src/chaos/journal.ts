import type { Stage, TaskState } from '@transcode/contracts';
import type { Database } from '@transcode/db';

/** One change of a task, written by Postgres itself in the transaction that made it. */
export interface JournalEntry {
  readonly n: number;
  /** Milliseconds since 1970, when the row was changed. */
  readonly at: number;
  readonly taskId: string;
  readonly jobId: string;
  readonly stage: Stage;
  readonly index: number;
  readonly from: TaskState;
  readonly to: TaskState;
  readonly token: number;
  /** Who had the task, or has it now. */
  readonly worker: string | null;
  readonly failureCode: string | null;
}

/** Not lost in a crash, as it is in the same log as what it tells of; in a schema of its own, as it is no part of the product. */
const INSTALL = [
  'CREATE SCHEMA chaos',
  `CREATE TABLE chaos.journal (
     "n" serial PRIMARY KEY, "at" timestamptz NOT NULL DEFAULT clock_timestamp(), "taskId" text, "jobId" text, "stage" text,
     "index" int, "from" text, "to" text, "token" int, "worker" text, "failureCode" text)`,
  `CREATE FUNCTION chaos.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     INSERT INTO chaos.journal ("taskId", "jobId", "stage", "index", "from", "to", "token", "worker", "failureCode")
     VALUES (NEW."id", NEW."jobId", NEW."stage", NEW."index", OLD."state", NEW."state", NEW."token",
             COALESCE(NEW."workerId", OLD."workerId"), NEW."failureCode");
     RETURN NULL; END $$`,
  `CREATE TRIGGER chaos_note AFTER UPDATE ON "Task" FOR EACH ROW
     WHEN (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."token" IS DISTINCT FROM NEW."token")
     EXECUTE FUNCTION chaos.note()`,
];

export async function installJournal(db: Database): Promise<void> {
  for (const statement of INSTALL) await db.$executeRawUnsafe(statement);
}

/** What was noted since, in the order of the changes. */
export async function readJournal(db: Database, since = 0): Promise<JournalEntry[]> {
  const rows = await db.$queryRaw<(Omit<JournalEntry, 'at'> & { at: Date })[]>`
    SELECT * FROM chaos.journal WHERE "at" >= ${new Date(since)} ORDER BY "at", "n"`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

import type { TaskClass, Wall } from '@transcode/contracts';
import type { Database } from './database.ts';
import type { WorkControl } from './generated/client.ts';

export interface WorkerDescription {
  id: string;
  host: string;
  pid: number;
  classes: TaskClass[];
  version: string;
  capabilities: {
    ffmpeg: string;
    build: string;
    /** Processor cores of its machine. */
    cores: number;
    /** Tasks at the same time, of each class it serves. */
    slots: Partial<Record<TaskClass, number>>;
    /** What keeps its ffmpegs in. */
    walls: readonly Wall[];
  };
}

/** The process that had a worker's name before it and went without a word. */
interface ReplacedProcess {
  readonly pid: number;
  readonly seenAt: Date;
}

/**
 * Writes that a worker begins to live. All times of these rows are the database's. Answers with the process in whose place it comes, where
 * that did not stop in order.
 */
export async function enlistWorker(db: Database, worker: WorkerDescription): Promise<ReplacedProcess | undefined> {
  const { id, host, pid, classes, version, capabilities } = worker;
  const [row] = await db.$queryRaw<{ pid: number | null; seenAt: Date | null }[]>`
    INSERT INTO "Worker" ("id", "host", "pid", "classes", "version", "capabilities")
    VALUES (${id}, ${host}, ${pid}, ${classes}::text[]::"TaskClass"[], ${version}, ${JSON.stringify(capabilities)}::jsonb)
    ON CONFLICT ("id") DO UPDATE SET
      "host" = EXCLUDED."host", "pid" = EXCLUDED."pid", "classes" = EXCLUDED."classes", "version" = EXCLUDED."version",
      "capabilities" = EXCLUDED."capabilities", "startedAt" = now(), "seenAt" = now(), "stoppedAt" = NULL,
      "ableSince" = now(), "quarantinedAt" = NULL, "quarantinedUntil" = NULL, "quarantineReason" = NULL,
      "gpuAbsence" = NULL, "lostAt" = NULL,
      "replacedPid" = CASE WHEN "Worker"."stoppedAt" IS NULL OR "Worker"."lostAt" IS NOT NULL THEN "Worker"."pid" END,
      "replacedSeenAt" = CASE WHEN "Worker"."stoppedAt" IS NULL OR "Worker"."lostAt" IS NOT NULL THEN "Worker"."seenAt" END
    RETURNING "replacedPid" AS "pid", "replacedSeenAt" AS "seenAt"`;
  const { pid: replaced = null, seenAt = null } = row ?? {};
  return replaced === null || seenAt === null ? undefined : { pid: replaced, seenAt };
}

/** A quarantine as the worker knows it: the row follows with each heartbeat, also where the database was away when it began. */
export interface QuarantineState {
  reason: string;
  /** Until it checks itself. */
  leftMs: number;
}

/** An operator's word, and how old it is by the database's clock. */
export interface Control extends Pick<WorkControl, 'scope' | 'state'> {
  ageMs: number;
}

/** Writes that a worker lives and how it is, and brings what operators want of workers. */
export function beatWorker(
  db: Database,
  { id, quarantine }: { id: string; quarantine: QuarantineState | undefined },
): Promise<Control[]> {
  const reason = quarantine?.reason ?? null;
  const left = (quarantine?.leftMs ?? 0) / 1000;
  return db.$queryRaw<Control[]>`
    WITH beat AS (
      UPDATE "Worker" SET
        "seenAt" = now(), "stoppedAt" = NULL, "lostAt" = NULL, "quarantineReason" = ${reason},
        "ableSince" = CASE WHEN ${reason}::text IS NULL AND "quarantinedAt" IS NOT NULL THEN now() ELSE "ableSince" END,
        "quarantinedAt" = CASE WHEN ${reason}::text IS NOT NULL THEN COALESCE("quarantinedAt", now()) END,
        "quarantinedUntil" = CASE WHEN ${reason}::text IS NOT NULL THEN now() + make_interval(secs => ${left}) END
      WHERE "id" = ${id}
    )
    SELECT "scope", "state", extract(epoch FROM now() - "at")::float8 * 1000 AS "ageMs" FROM "WorkControl"`;
}

export async function retireWorker(db: Database, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "Worker" SET "stoppedAt" = now(), "lostAt" = NULL WHERE "id" = ${id}`;
}

interface LostWorker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly seenAt: Date;
  readonly silentMs: number;
}

/** Takes those for gone that have said nothing for so long, and says which. */
export function loseSilentWorkers(db: Database, { silentMs }: { silentMs: number }): Promise<LostWorker[]> {
  return db.$queryRaw<LostWorker[]>`
    UPDATE "Worker" SET "stoppedAt" = now(), "lostAt" = now()
    WHERE "stoppedAt" IS NULL AND "seenAt" < now() - make_interval(secs => ${silentMs / 1000})
    RETURNING "id", "host", "pid", "seenAt", extract(epoch FROM now() - "seenAt")::float8 * 1000 AS "silentMs"`;
}

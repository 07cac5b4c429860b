import type { TaskClass } from '@transcode/contracts';
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
  };
}

/** Writes that a worker begins to live. All times of these rows are the database's. */
export async function enlistWorker(db: Database, worker: WorkerDescription): Promise<void> {
  const { id, host, pid, classes, version, capabilities } = worker;
  await db.$executeRaw`
    INSERT INTO "Worker" ("id", "host", "pid", "classes", "version", "capabilities")
    VALUES (${id}, ${host}, ${pid}, ${classes}::text[]::"TaskClass"[], ${version}, ${JSON.stringify(capabilities)}::jsonb)
    ON CONFLICT ("id") DO UPDATE SET
      "host" = EXCLUDED."host", "pid" = EXCLUDED."pid", "classes" = EXCLUDED."classes", "version" = EXCLUDED."version",
      "capabilities" = EXCLUDED."capabilities", "startedAt" = now(), "seenAt" = now(), "stoppedAt" = NULL,
      "ableSince" = now(), "quarantinedAt" = NULL, "quarantinedUntil" = NULL, "quarantineReason" = NULL,
      "gpuAbsence" = NULL`;
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
        "seenAt" = now(), "stoppedAt" = NULL, "quarantineReason" = ${reason},
        "ableSince" = CASE WHEN ${reason}::text IS NULL AND "quarantinedAt" IS NOT NULL THEN now() ELSE "ableSince" END,
        "quarantinedAt" = CASE WHEN ${reason}::text IS NOT NULL THEN COALESCE("quarantinedAt", now()) END,
        "quarantinedUntil" = CASE WHEN ${reason}::text IS NOT NULL THEN now() + make_interval(secs => ${left}) END
      WHERE "id" = ${id}
    )
    SELECT "scope", "state", extract(epoch FROM now() - "at")::float8 * 1000 AS "ageMs" FROM "WorkControl"`;
}

export async function retireWorker(db: Database, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "Worker" SET "stoppedAt" = now() WHERE "id" = ${id}`;
}

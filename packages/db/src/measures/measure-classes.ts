import type { Priority, TaskClass } from '@transcode/contracts';
import { Prisma } from '../generated/client.ts';
import type { Database } from '../database.ts';

/** What of a class and priority is open; what has nothing is left out. */
export interface OpenTasks {
  class: TaskClass;
  priority: Priority;
  waiting: number;
  running: number;
  /** Of those that wait: neither resting until later nor bound to an ffmpeg that no worker of its class has. */
  takeable: number;
  /** How long the first of those has waited, in seconds. */
  oldestSeconds: number | null;
}

interface Builds {
  /** The ffmpeg builds of the workers that live, by the class that they serve. A class that nobody serves binds nothing: who comes may have any. */
  readonly builds: ReadonlyMap<TaskClass, readonly string[]>;
}

/** Goes through everything that is open once: with a million of it a second or so, which its caller rests from. */
export function measureClasses(db: Database, { builds }: Builds): Promise<OpenTasks[]> {
  const served = [...builds].flatMap(([taskClass, all]) => all.map((build) => `${taskClass} ${build}`));
  const classes = [...builds.keys()];
  const takeable = Prisma.sql`"state" = 'queued' AND ("notBefore" IS NULL OR "notBefore" <= now()) AND (
    "requires" ->> 'build' IS NULL OR NOT "class"::text = ANY(${classes}::text[])
    OR "class" || ' ' || ("requires" ->> 'build') = ANY(${served}::text[])
  )`;
  return db.$queryRaw<OpenTasks[]>`
    SELECT "class", "priority",
      count(*) FILTER (WHERE "state" = 'queued')::int AS "waiting",
      count(*) FILTER (WHERE "state" = 'running')::int AS "running",
      count(*) FILTER (WHERE ${takeable})::int AS "takeable",
      extract(epoch FROM now() - min("queuedAt") FILTER (WHERE ${takeable}))::float8 AS "oldestSeconds"
    FROM "Task" WHERE "state" IN ('queued', 'running') GROUP BY "class", "priority"`;
}

import type { Database } from '../database.ts';

/** Writes how many tasks of each class wait and run now; 0 where there are none. */
export async function sampleBacklog(db: Database): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "BacklogSample" ("at", "class", "waiting", "running")
    SELECT now(), of_class, count(t.*) FILTER (WHERE t."state" = 'queued'), count(t.*) FILTER (WHERE t."state" = 'running')
    FROM unnest(enum_range(NULL::"TaskClass")) AS of_class
    LEFT JOIN (SELECT "class", "state" FROM "Task" WHERE "state" IN ('queued', 'running')) t ON t."class" = of_class
    GROUP BY of_class
    ON CONFLICT DO NOTHING`;
}

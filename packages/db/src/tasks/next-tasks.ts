import type { Priority, Stage, TaskClass } from '@transcode/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { ofWorkspaces, type WorkspaceIds } from '../access/of-workspaces.ts';

export interface NextTask {
  readonly id: string;
  readonly jobId: string;
  readonly videoId: string;
  readonly videoTitle: string;
  readonly stage: Stage;
  readonly index: number;
  readonly priority: Priority;
  readonly queuedAt: Date | null;
  readonly notBefore: Date | null;
  readonly begun: boolean;
  readonly boundToEncoder: boolean;
}

/** The first in line of a class, as far as they are of some workspaces: by priority, what was begun before what was not, then who waits longest. */
export function nextTasks(
  db: Database,
  { class: taskClass, workspaceIds, limit }: { class: TaskClass; workspaceIds: WorkspaceIds; limit: number },
): Promise<NextTask[]> {
  const theirs =
    workspaceIds === 'all'
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT 1 FROM "Job" j WHERE j."id" = "jobId" ${ofWorkspaces(workspaceIds)})`;
  return db.$queryRaw<NextTask[]>`
    SELECT t."id", t."jobId", v."id" AS "videoId", v."title" AS "videoTitle", t."stage", t."index", t."priority",
      t."queuedAt", t."notBefore", t."token" > 0 AS "begun", t."requires" ->> 'build' IS NOT NULL AS "boundToEncoder"
    FROM unnest(enum_range(NULL::"Priority")) AS of_priority CROSS JOIN LATERAL (
      (
        SELECT * FROM "Task" WHERE "state" = 'queued' AND "class" = ${taskClass}::"TaskClass"
          AND "priority" = of_priority AND "token" > 0 ${theirs}
        ORDER BY "queuedAt" LIMIT ${limit}
      ) UNION ALL (
        SELECT * FROM "Task" WHERE "state" = 'queued' AND "class" = ${taskClass}::"TaskClass"
          AND "priority" = of_priority AND "token" = 0 ${theirs}
        ORDER BY "queuedAt" LIMIT ${limit}
      )
    ) AS t
    JOIN "Job" j ON j."id" = t."jobId" JOIN "Video" v ON v."id" = j."videoId"
    ORDER BY COALESCE(t."notBefore" > now(), false), t."priority" DESC, t."token" > 0 DESC, t."queuedAt" LIMIT ${limit}`;
}

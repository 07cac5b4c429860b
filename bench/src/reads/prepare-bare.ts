import type { Database } from '@transcode/db';
import * as z from 'zod';

type Ask = (path: string) => Promise<unknown>;

const Page = z.object({ items: z.array(z.looseObject({ id: z.uuid() })) });

/** Lays ready for the bare server what the API answers, in the order of its fields. Returns the ids of the videos. */
export async function prepareBare(db: Database, ask: Ask, workspaceId: string): Promise<string[]> {
  await db.$executeRaw`CREATE TABLE "BareVideo" ("id" uuid PRIMARY KEY, "workspaceId" uuid, "view" json, "detail" json)`;
  await db.$executeRaw`CREATE TABLE "BareJob" ("id" uuid PRIMARY KEY, "workspaceId" uuid, "view" json)`;
  const videos = Page.parse(await ask('/api/v1/videos?limit=200'));
  for (const view of videos.items) {
    const detail = await ask(`/api/v1/videos/${view.id}`);
    await db.$executeRaw`INSERT INTO "BareVideo"
      VALUES (${view.id}::uuid, ${workspaceId}::uuid, ${JSON.stringify(view)}::json, ${JSON.stringify(detail)}::json)`;
  }
  const jobs = Page.parse(await ask('/api/v1/jobs?limit=200'));
  for (const job of jobs.items)
    await db.$executeRaw`INSERT INTO "BareJob" VALUES (${job.id}::uuid, ${workspaceId}::uuid, ${JSON.stringify(job)}::json)`;
  await db.$executeRaw`CREATE INDEX ON "BareVideo" ("workspaceId", "id" DESC)`;
  await db.$executeRaw`CREATE INDEX ON "BareJob" ("workspaceId", "id" DESC)`;
  await db.$executeRawUnsafe('VACUUM ANALYZE');
  return videos.items.map(({ id }) => id);
}

import { createHash, randomUUID } from 'node:crypto';
import { NAMESPACE, tryInside } from './cluster.ts';

/** What is read under load: a workspace of its own, with so many videos, and keys for it. */
export interface LoadRows {
  readonly workspace: string;
  readonly keys: readonly string[];
}

const NAME = 'load';

/** Runs statements, all or none. */
async function statements(sql: string): Promise<void> {
  const psql = ['psql', '-U', 'transcode', '--quiet', '--single-transaction', '--set', 'ON_ERROR_STOP=1'];
  const exec = ['kubectl', 'exec', '--stdin', '--namespace', NAMESPACE, 'postgres-0', '--', ...psql];
  const { code, stderr } = await tryInside(exec, sql);
  if (code !== 0) throw new Error(stderr);
}

/** Copies of a video that is ready, row by row; their objects are those of the first. */
export const rowsOf = (workspace: string, video: string, videos: number): string => `
  INSERT INTO "Workspace" (id, name) VALUES ('${workspace}', '${NAME}');
  DO $$
  DECLARE made uuid; run uuid; was uuid := (SELECT "publishedJobId" FROM "Video" WHERE id = '${video}');
  BEGIN
    FOR n IN 1..${videos} LOOP
      made := gen_random_uuid();
      run := gen_random_uuid();
      INSERT INTO "Video" SELECT (jsonb_populate_record(v, jsonb_build_object(
        'id', made, 'workspaceId', '${workspace}', 'title', 'Harbour, day ' || n, 'uploadId', NULL, 'publishedJobId', run))).*
        FROM "Video" v WHERE id = '${video}';
      INSERT INTO "Job" SELECT (jsonb_populate_record(j, jsonb_build_object(
        'id', run, 'workspaceId', '${workspace}', 'videoId', made, 'videoTitle', 'Harbour, day ' || n, 'sweptAt', now()))).*
        FROM "Job" j WHERE id = was;
      INSERT INTO "Task" SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'jobId', run))).*
        FROM "Task" t WHERE "jobId" = was;
      INSERT INTO "Rendition" SELECT (jsonb_populate_record(r, jsonb_build_object('jobId', run))).*
        FROM "Rendition" r WHERE "jobId" = was;
    END LOOP;
  END $$;
`;

export const keysOf = (workspace: string, keys: readonly string[]): string =>
  keys
    .map((key) => {
      const values = [randomUUID(), NAME, key.slice(0, 8), createHash('sha256').update(key).digest('hex'), 'viewer'];
      return `INSERT INTO "ApiKey" (id, name, prefix, "secretHash", role, "workspaceId", local)
        VALUES (${values.map((value) => `'${value}'`).join(', ')}, '${workspace}', true);`;
    })
    .join('\n');

/** What a bare server answers with: what the API says of each video. */
export const viewsOf = (workspace: string, views: readonly { readonly id: string }[]): string => `
  CREATE SCHEMA bare;
  CREATE TABLE bare.videos (id uuid PRIMARY KEY, workspace uuid NOT NULL, view json NOT NULL);
  CREATE INDEX ON bare.videos (workspace, id DESC);
  ${views.map((view) => `INSERT INTO bare.videos VALUES ('${view.id}', '${workspace}', $view$${JSON.stringify(view)}$view$);`).join('\n')}
`;

export async function makeLoadRows(video: string, videos: number, keyCount: number): Promise<LoadRows> {
  const workspace = randomUUID();
  const keys = Array.from({ length: keyCount }, () => `load-${randomUUID()}`);
  await statements(rowsOf(workspace, video, videos) + keysOf(workspace, keys));
  return { workspace, keys };
}

export const makeViews = (workspace: string, views: readonly { readonly id: string }[]): Promise<void> =>
  statements(viewsOf(workspace, views));

/** As if nothing had been there. */
export const takeLoadRows = (): Promise<void> =>
  statements(`
  DROP SCHEMA IF EXISTS bare CASCADE;
  DELETE FROM "Video" WHERE "workspaceId" IN (SELECT id FROM "Workspace" WHERE name = '${NAME}');
  DELETE FROM "Workspace" WHERE name = '${NAME}';
`);

import { keepStandings, type Database } from '@transcode/db';
import { CAUSES, COUNTED, PRESETS, WORDS } from './scenery.ts';

/** One job each 2.5 s, the newest now: a million are a month's. */
const EVERY_MS = 2_500;
const WORKING = 200;
const WAITING = 5_000;
const CHUNKS = 6;
const KEPT_AT_ONCE = 1_000;

/**
 * Jobs of as many videos in four workspaces, and all rows that a list reads of them: tasks and chunks of those that have not
 * completed. Plans, which it does not read, are left out. Indexes are taken away meanwhile, and made again.
 */
export async function seedJobs(db: Database, count: number): Promise<void> {
  const indexes = await db.$queryRaw<{ name: string; definition: string }[]>`
    SELECT indexname AS "name", indexdef AS "definition" FROM pg_indexes
    WHERE tablename IN ('Video', 'Job', 'Task', 'Chunk') AND indexname NOT LIKE '%_pkey'`;
  for (const { name } of indexes) await db.$executeRawUnsafe(`DROP INDEX "${name}"`);
  await seedWorkspaces(db);
  await db.$executeRawUnsafe(withoutTriggers(videosAndJobs(count)));
  await db.$executeRawUnsafe(withoutTriggers(TASKS));
  for (const state of ['failed', 'canceled'] as const) await keepAll(db, state);
  for (const { definition } of indexes) await db.$executeRawUnsafe(definition);
  await db.$executeRawUnsafe('VACUUM ANALYZE');
  await db.$executeRawUnsafe('CHECKPOINT');
}

/** As it is done to a job that ends. */
async function keepAll(db: Database, state: 'failed' | 'canceled'): Promise<void> {
  const jobs = await db.job.findMany({ where: { state }, select: { id: true } });
  for (let at = 0; at < jobs.length; at += KEPT_AT_ONCE) {
    const ids = jobs.slice(at, at + KEPT_AT_ONCE).map(({ id }) => id);
    await keepStandings(db, ids, state);
  }
}

/** The first is the one that keys belong to. */
async function seedWorkspaces(db: Database): Promise<void> {
  for (const name of ['Default', 'Large', 'Small', 'Tiny']) {
    await db.workspace.upsert({ where: { name }, create: { name }, update: {} });
  }
}

/** What refers to what is right as it is made; a million checks of it are spared. */
function withoutTriggers(statements: string): string {
  return `DO $$ BEGIN SET LOCAL session_replication_role = replica; ${statements} END $$`;
}

/** 0..1, the same for the same job, and another for each `salt`. */
function chance(salt: number): string {
  return `((hashint8extended(n, ${salt}) & 4294967295) / 4294967296.0)`;
}

function oneOf(words: readonly string[], value: string): string {
  const list = words.map((word) => `'${word}'`).join(', ');
  return `(ARRAY[${list}])[1 + floor(${value} * ${words.length})::int]`;
}

function videosAndJobs(count: number): string {
  return `
    CREATE TEMP TABLE seed ON COMMIT DROP AS
    WITH numbered AS (
      SELECT n, floor(extract(epoch FROM now()) * 1000)::bigint - (${count} - n) * ${EVERY_MS} AS ms,
        ${chance(1)} AS state_chance, ${chance(2)} AS priority_chance, ${chance(3)} AS preset_chance,
        ${chance(4)} AS cause_chance, ${chance(5)} AS workspace_chance, ${chance(6)} AS word_chance, ${chance(7)} AS deleted_chance
      FROM generate_series(1::bigint, ${count}) AS n
    ), named AS (
      SELECT *, lpad(to_hex(ms), 12, '0') AS hex, lpad(to_hex(n), 11, '0') AS tail, to_timestamp(ms / 1000.0) AS made FROM numbered
    )
    SELECT n, made,
      (left(hex, 8) || '-' || right(hex, 4) || '-7000-8000-0' || tail)::uuid AS video,
      (left(hex, 8) || '-' || right(hex, 4) || '-7000-8000-1' || tail)::uuid AS job,
      (SELECT w."id" FROM "Workspace" w WHERE w."name" = CASE
        WHEN workspace_chance < 0.5 THEN 'Default' WHEN workspace_chance < 0.97 THEN 'Large'
        WHEN workspace_chance < 0.999 THEN 'Small' ELSE 'Tiny' END) AS workspace,
      CASE WHEN n > ${count - WORKING} THEN 'running' WHEN n > ${count - WORKING - WAITING} THEN 'queued'
        WHEN state_chance < 0.94 THEN 'completed' WHEN state_chance < 0.975 THEN 'failed' ELSE 'canceled' END AS state,
      CASE WHEN priority_chance < 0.1 THEN 'high' WHEN priority_chance < 0.25 THEN 'low' ELSE 'normal' END AS priority,
      ${oneOf(PRESETS.slice(0, 3), 'preset_chance')} AS preset,
      ${oneOf(CAUSES, 'cause_chance * cause_chance')} AS cause,
      ${oneOf(WORDS, 'word_chance')} || ', day ' || n % 5000 || ' ' || ${oneOf(COUNTED, 'cause_chance')} || ' ' || n AS title,
      deleted_chance < 0.02 AND n <= ${count - WORKING - WAITING} AS deleted
    FROM named;

    INSERT INTO "Video" ("id", "workspaceId", "title", "fileName", "sourceKey", "sourceBytes", "preset", "state", "createdAt")
    SELECT video, workspace, title, title || '.mp4', 'w/' || video, 1000000, preset,
      CASE WHEN deleted THEN 'deleted' WHEN state = 'completed' THEN 'ready' WHEN state IN ('failed', 'canceled') THEN state
        ELSE 'processing' END::"VideoState", made
    FROM seed ORDER BY n;

    INSERT INTO "Job" ("id", "workspaceId", "videoId", "videoTitle", "preset", "priority", "state", "failureCode", "failureText", "createdAt",
      "startedAt", "endedAt", "sweptAt", "videoDeleted")
    SELECT job, workspace, video, title, preset, priority::"Priority", state::"JobState",
      CASE WHEN state = 'failed' THEN cause END, CASE WHEN state = 'failed' THEN 'It failed for a reason of about this length.' END,
      made, CASE WHEN state <> 'queued' THEN made + interval '5 s' END,
      CASE WHEN state NOT IN ('queued', 'running') THEN made + interval '65 s' END,
      CASE WHEN state NOT IN ('queued', 'running') THEN made + interval '95 s' END, deleted
    FROM seed ORDER BY n;`;
}

const TASKS = `
  INSERT INTO "Task" ("id", "jobId", "stage", "index", "class", "priority", "state", "after", "token", "leaseUntil", "progress")
  SELECT gen_random_uuid(), j."id", piece.stage::"Stage", piece.index, 'cpu', j."priority",
    (CASE WHEN piece.place < 5 THEN 'completed' WHEN piece.place > 6 THEN CASE j."state" WHEN 'running' THEN 'blocked' ELSE 'canceled' END
      ELSE j."state"::text END)::"TaskState",
    '{}', 1, CASE WHEN piece.place IN (5, 6) AND j."state" = 'running' THEN now() + interval '1 day' END,
    CASE WHEN piece.place IN (5, 6) AND j."state" = 'running' THEN '{"fraction": 0.4, "fps": 25}'::jsonb END
  FROM "Job" j CROSS JOIN (
    SELECT 'probe' AS stage, 0 AS index, 1 AS place UNION ALL SELECT 'plan', 0, 2
    UNION ALL SELECT 'encode', n, 3 + n FROM generate_series(0, ${CHUNKS - 1}) AS n
    UNION ALL SELECT 'audio', 0, 9 UNION ALL SELECT 'package', 0, 10 UNION ALL SELECT 'verify', 0, 11 UNION ALL SELECT 'publish', 0, 12
  ) AS piece
  WHERE j."state" IN ('running', 'failed', 'canceled');

  INSERT INTO "Chunk" ("jobId", "kind", "index", "startFrame", "endFrame", "state")
  SELECT j."id", 'video', n, n * 1500, (n + 1) * 1500, 'waiting'
  FROM "Job" j CROSS JOIN generate_series(0, ${CHUNKS - 1}) AS n WHERE j."state" IN ('running', 'failed', 'canceled');`;

import type { Database } from '@transcode/db';

const RUNS_AT_ONCE = 10;
const ENTRIES_AT_ONCE = 10_000;
const MINUTE_MS = 60_000;

/**
 * Gives a database the rows that years leave, until it is so large: videos that were encoded again and again, each time with all rows that
 * the real run has, and entries of the log of changes, in turn. No object is needed for any of them. Says how large it is then.
 */
export async function fillRows(db: Database, bytes: number): Promise<number> {
  for (let turn = 0; ; turn += 1) {
    const size = await sizeOf(db);
    if (size >= bytes) return size;
    await db.$executeRawUnsafe(withoutTriggers(earlierRuns(turn * RUNS_AT_ONCE)));
    await db.$executeRawUnsafe(withoutTriggers(entries(turn * ENTRIES_AT_ONCE)));
  }
}

export async function sizeOf(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<{ bytes: bigint }[]>`SELECT pg_database_size(current_database()) AS bytes`;
  return Number(row?.bytes);
}

/** What refers to what is right as it is made; a million checks of it are spared. */
const withoutTriggers = (statement: string): string =>
  `DO $$ BEGIN SET LOCAL session_replication_role = replica; ${statement}; END $$`;

/** A UUID of version 7 of a time in milliseconds, always the same for the same text. */
const idAt = (ms: string, text: string): string =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || left(md5(${text}), 3) || '8' || substr(md5(${text}), 4, 15))::uuid`;
const millisecondsOf = (time: string): string => `floor(extract(epoch FROM ${time}) * 1000)::bigint`;

/** The rows of a table that hang on a run, once more for the earlier one. */
const again = (table: string, on: string, changed: string): string => `
  INSERT INTO "${table}" SELECT fresh.* FROM run JOIN ${on},
    LATERAL jsonb_populate_record(one, jsonb_build_object(${changed})) AS fresh`;
const ofTheRun = (table: string): string => `"${table}" one ON one."jobId" = run.was`;
const freshTask = (id: string): string => `md5(${id}::text || run.n)::uuid`;

const earlierRuns = (after: number): string => `
  WITH run AS MATERIALIZED (
    SELECT j."id" AS was, n, j."createdAt" - n * interval '1 minute' AS at,
      ${idAt(`${millisecondsOf('j."createdAt"')} - n * ${MINUTE_MS}`, 'j."id"::text || n')} AS id
    FROM "Job" j JOIN "Video" v ON v."publishedJobId" = j."id"
    CROSS JOIN generate_series(${after + 1}, ${after + RUNS_AT_ONCE}) AS n
  ),
  tasks AS (${again('Task', ofTheRun('Task'), `'id', ${freshTask('one."id"')}, 'jobId', run.id`)}),
  attempts AS (${again(
    'TaskAttempt',
    '"Task" t ON t."jobId" = run.was JOIN "TaskAttempt" one ON one."taskId" = t."id"',
    `'taskId', ${freshTask('one."taskId"')}`,
  )}),
  chunks AS (${again('Chunk', ofTheRun('Chunk'), `'jobId', run.id`)}),
  renditions AS (${again('Rendition', ofTheRun('Rendition'), `'jobId', run.id`)})
  ${again('Job', '"Job" one ON one."id" = run.was', `'id', run.id, 'createdAt', run.at, 'sweptAt', now()`)}`;

const entries = (after: number): string => `
  INSERT INTO "Audit" ("id", "at", "actorUserId", "workspaceId", "action", "target", "details")
  SELECT ${idAt(millisecondsOf('made.at'), 'made.n::text')}, made.at, u."id", m."workspaceId",
    (ARRAY['auth.signIn', 'video.rename', 'video.retry', 'share.create'])[1 + made.n % 4], md5(made.n::text)::uuid::text,
    jsonb_build_object('address', '203.0.113.' || made.n % 256, 'name', 'Night ferry ' || md5(made.n::text),
      'userAgent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
  FROM (
    SELECT n, now() - n * interval '7 seconds' AS at FROM generate_series(${after + 1}, ${after + ENTRIES_AT_ONCE}) AS n
  ) AS made,
    (SELECT "id" FROM "User" ORDER BY "id" LIMIT 1) AS u,
    LATERAL (SELECT "workspaceId" FROM "Membership" WHERE "userId" = u."id" LIMIT 1) AS m`;

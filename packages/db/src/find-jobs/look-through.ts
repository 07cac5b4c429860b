import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { listed, type JobFilter } from './job-filter.ts';
import { isIn } from './title-pattern.ts';

/** A word that so many of so many titles have is common. */
const COMMON = 5;
const ASKED_FOR_WORDS = 100;

interface Looking {
  readonly before: string | undefined;
  readonly looks: number;
  /** Of which the common ones are told. */
  readonly words?: readonly string[];
}

export interface Look {
  /** Of the jobs whose title fits. */
  readonly ids: string[];
  /** The id of the last that was looked at; absent: it was the last of all. */
  readonly end: string | undefined;
  readonly commonWords: string[];
}

interface LookRow {
  readonly ids: string[];
  readonly last: string | null;
  readonly count: bigint;
  readonly commonWords: string[];
}

/** Goes on through the jobs of a filter and looks at their titles. */
export async function lookThrough(
  db: Database,
  filter: JobFilter,
  search: string,
  { before, looks, words = [] }: Looking,
): Promise<Look> {
  const [row] = await db.$queryRaw<LookRow[]>`
    WITH looked AS MATERIALIZED (${listed(filter, { before, limit: looks, titled: true })})
    SELECT ARRAY(SELECT "id" FROM looked WHERE ${isIn(Prisma.sql`"title"`, search)} ORDER BY "id" DESC) AS "ids",
      (SELECT "id" FROM looked ORDER BY "id" LIMIT 1) AS "last", (SELECT count(*) FROM looked) AS "count",
      ARRAY(
        SELECT word FROM unnest(${[...words]}::text[]) AS word
        WHERE (
          SELECT count(*) FROM (SELECT "title" FROM looked LIMIT ${ASKED_FOR_WORDS}) AS asked
          WHERE lower("title") LIKE '%' || lower(word) || '%'
        ) >= ${COMMON}
      ) AS "commonWords"`;
  if (row === undefined) return { ids: [], end: undefined, commonWords: [] };
  const { ids, last, count, commonWords } = row;
  return { ids, end: count < looks ? undefined : (last ?? undefined), commonWords };
}

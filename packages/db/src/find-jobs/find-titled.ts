import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { anyStateOf, anyWorkspaceOf, conditions, type JobFilter } from './job-filter.ts';
import type { Page } from './page.ts';
import { containing, containingAllBut, isIn } from './title-pattern.ts';

/** Where more titles fit than these, they are not read: going on through the jobs meets one soon. */
const FEW_TITLES = 5_000;

interface TitleSearch {
  readonly filter: JobFilter;
  readonly search: string;
  /** They narrow the index's answer little, and cost the most. */
  readonly commonWords: readonly string[];
}

/**
 * The jobs with a title that few have, as many as a page and one more; undefined where many have it. The index is asked for what is
 * not common first, and for all of the search where that does not tell few titles from many.
 */
export async function findTitled(
  db: Database,
  { commonWords, ...wanted }: TitleSearch,
  page: Page,
): Promise<string[] | undefined> {
  const uncommon = containingAllBut(commonWords, wanted.search);
  const found = uncommon === undefined ? undefined : await findLike(db, { ...wanted, pattern: uncommon }, page);
  return found ?? findLike(db, { ...wanted, pattern: containing(wanted.search) }, page);
}

async function findLike(
  db: Database,
  { filter, search, pattern }: { filter: JobFilter; search: string; pattern: string },
  { before, limit }: Page,
): Promise<string[] | undefined> {
  const [found] = await db.$queryRaw<{ titles: bigint; ids: string[] }[]>`
    WITH near AS MATERIALIZED (SELECT * FROM "jobs_titled_like"(${pattern}, ${FEW_TITLES + 1}::int))
    SELECT (SELECT count(*) FROM near) AS "titles", ARRAY(
      SELECT j."id" FROM near AS j
      WHERE ${conditions(filter, before)} ${anyStateOf(filter)} ${anyWorkspaceOf(filter)} AND ${isIn(Prisma.sql`j."videoTitle"`, search)}
      ORDER BY j."id" DESC LIMIT ${limit + 1}
    ) AS "ids"`;
  return found === undefined || found.titles > FEW_TITLES ? undefined : found.ids;
}

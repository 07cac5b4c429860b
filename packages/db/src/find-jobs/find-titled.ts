import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { ofWorkspaces } from '../access/of-workspaces.ts';
import { anyStateOf, conditions, type JobFilter } from './job-filter.ts';
import type { Page } from './page.ts';
import { containing, containingAllBut, isIn } from './title-pattern.ts';

/** Where more titles fit than these, they are not read: going on through the jobs meets one soon. */
const FEW_TITLES = 5_000;
/** Where so many of so many that were read have all of the search, more than few have. */
const MANY_FIT = { of: 500, are: 100 };

interface TitleSearch {
  readonly filter: JobFilter;
  readonly search: string;
  /** They narrow the index's answer little, and cost the most. */
  readonly commonWords: readonly string[];
}

/** What the index knows by a pattern that everything has which fits the search. */
interface Near {
  readonly titles: bigint;
  /** Of the first `MANY_FIT.of`. */
  readonly fitting: bigint;
  /** The page and one more, where all were read. */
  readonly ids: string[];
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
  if (uncommon !== undefined) {
    const near = await findNear(db, { ...wanted, pattern: uncommon }, page);
    if (near.titles <= FEW_TITLES) return near.ids;
    if (near.fitting >= MANY_FIT.are) return undefined;
  }
  const { titles, ids } = await findNear(db, { ...wanted, pattern: containing(wanted.search) }, page);
  return titles <= FEW_TITLES ? ids : undefined;
}

async function findNear(
  db: Database,
  { filter, search, pattern }: { filter: JobFilter; search: string; pattern: string },
  { before, limit }: Page,
): Promise<Near> {
  const fits = isIn(Prisma.sql`j."videoTitle"`, search);
  const [near] = await db.$queryRaw<Near[]>`
    WITH near AS MATERIALIZED (SELECT * FROM "jobs_titled_like"(${pattern}, ${FEW_TITLES + 1}::int))
    SELECT (SELECT count(*) FROM near) AS "titles",
      (SELECT count(*) FROM (SELECT * FROM near LIMIT ${MANY_FIT.of}) AS j WHERE ${fits}) AS "fitting",
      ARRAY(
        SELECT j."id" FROM near AS j
        WHERE ${conditions(filter, before)} ${anyStateOf(filter)} ${ofWorkspaces(filter.workspaceIds)} AND ${fits}
        ORDER BY j."id" DESC LIMIT ${limit + 1}
      ) AS "ids"`;
  if (near === undefined) throw new Error('a query of one row answered with none');
  return near;
}

import type { JobState, Priority } from '@transcode/contracts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { idAt } from './id-at.ts';

/** What a list of jobs is narrowed to. Jobs whose video was deleted are in none. */
export interface JobFilter {
  readonly workspaceIds: 'all' | readonly string[];
  readonly states?: readonly JobState[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  readonly preset?: string | undefined;
  readonly failureCode?: string | undefined;
  /** Part of the video's title. */
  readonly search?: string | undefined;
  /** Created then or later. */
  readonly since?: Date | undefined;
  /** Created before. */
  readonly until?: Date | undefined;
  /** Ended then or later. */
  readonly endedSince?: Date | undefined;
}

export interface FoundJobs {
  readonly ids: string[];
  /** The id after which to go on; absent: there are no more. A page may be short, or empty, and have one all the same. */
  readonly next: string | undefined;
}

interface Page {
  readonly before?: string | undefined;
  readonly limit: number;
}

/** So many jobs are looked at for a title before the index of titles is asked: what is common is among them. */
const LOOKED_AT_FIRST = 100;
/** A word that so many of the first have narrows the index's answer little, and costs the most. */
const COMMON = 5;
/** Where a title is common, so many jobs more are looked at for a page. */
const LOOKED_AT_NEXT = 400;
/** Where more titles fit than these, they are not read: going on through the jobs meets one soon. */
const FEW_TITLES = 5_000;
/** So many jobs are looked at then, in one query and in all: a search has an end, however rare the title is among what is listed. */
const LOOKED_AT_ONCE = 2_000;
const LOOKED_AT_MOST = 10_000;
/** The index of titles knows three letters and more. */
const INDEXED_LETTERS = 3;

/**
 * A page of jobs, newest first, from `before` on. Every combination of filters reads little more than the page: states and priorities
 * are gone over one by one, as an index holds each of them in the order of ids.
 */
export async function findJobs(db: Database, filter: JobFilter, page: Page): Promise<FoundJobs> {
  if (filter.search === undefined) return pageOf(await listIds(db, filter, page.before, page.limit + 1), page.limit);
  return searchJobs(db, filter, filter.search, page);
}

/** Common titles are met by going through the jobs; where the newest have none, the index of titles is asked whether it is rare. */
async function searchJobs(db: Database, filter: JobFilter, search: string, page: Page): Promise<FoundJobs> {
  const { commonWords, ...newest } = await lookAtNewest(db, filter, search, page.before);
  if (newest.end === undefined) return pageOfLook(newest, page);
  if (newest.ids.length > 0 || search.length < INDEXED_LETTERS) {
    const next = await lookThrough(db, filter, search, { before: newest.end, looks: LOOKED_AT_NEXT });
    return pageOfLook({ ids: [...newest.ids, ...next.ids], end: next.end }, page);
  }
  const rare = await findTitled(db, { filter, search, commonWords }, page);
  if (rare !== undefined) return pageOf(rare, page.limit);
  let look: Look = newest;
  for (let all = 0; all < LOOKED_AT_MOST && look.ids.length === 0 && look.end !== undefined; all += LOOKED_AT_ONCE) {
    look = await lookThrough(db, filter, search, { before: look.end, looks: LOOKED_AT_ONCE });
  }
  return pageOfLook(look, page);
}

interface Look {
  /** Of the jobs whose title fits. */
  readonly ids: string[];
  /** The id of the last that was looked at; absent: it was the last of all. */
  readonly end: string | undefined;
}

/** The first look also tells which words of the search are common. */
async function lookAtNewest(
  db: Database,
  filter: JobFilter,
  search: string,
  before: string | undefined,
): Promise<Look & { commonWords: string[] }> {
  const looked = await db.$queryRaw<{ id: string; title: string; fits: boolean }[]>`
    SELECT j."id", v."title", ${hasIn(Prisma.sql`v."title"`, search)} AS "fits"
    FROM (${listed(filter, before, LOOKED_AT_FIRST)}) AS listed
    JOIN "Job" j ON j."id" = listed."id" JOIN "Video" v ON v."id" = j."videoId"
    ORDER BY j."id" DESC`;
  const titles = looked.map(({ title }) => title.toLowerCase());
  return {
    ids: looked.flatMap(({ id, fits }) => (fits ? [id] : [])),
    end: looked.length < LOOKED_AT_FIRST ? undefined : looked.at(-1)?.id,
    commonWords: wordsOf(search).filter(
      (word) => titles.filter((title) => title.includes(word.toLowerCase())).length >= COMMON,
    ),
  };
}

async function lookThrough(
  db: Database,
  filter: JobFilter,
  search: string,
  { before, looks }: { before: string; looks: number },
): Promise<Look> {
  const [looked] = await db.$queryRaw<{ ids: string[]; last: string | null; count: bigint }[]>`
    WITH looked AS MATERIALIZED (
      SELECT j."id", ${hasIn(Prisma.sql`v."title"`, search)} AS "fits"
      FROM (${listed(filter, before, looks)}) AS listed
      JOIN "Job" j ON j."id" = listed."id" JOIN "Video" v ON v."id" = j."videoId"
    )
    SELECT ARRAY(SELECT "id" FROM looked WHERE "fits" ORDER BY "id" DESC) AS "ids",
      (SELECT "id" FROM looked ORDER BY "id" LIMIT 1) AS "last", (SELECT count(*) FROM looked) AS "count"`;
  if (looked === undefined) return { ids: [], end: undefined };
  return { ids: looked.ids, end: looked.count < looks ? undefined : (looked.last ?? undefined) };
}

function pageOfLook({ ids, end }: Look, { limit }: Page): FoundJobs {
  return ids.length > limit ? pageOf(ids, limit) : { ids, next: end };
}

interface TitleSearch {
  readonly filter: JobFilter;
  readonly search: string;
  readonly commonWords: readonly string[];
}

/**
 * The jobs with a title that few have, as many as a page and one more; undefined where many have it. The index is asked for what is
 * not common first, and for all of the search where that does not tell few titles from many.
 */
async function findTitled(
  db: Database,
  { filter, search, commonWords }: TitleSearch,
  page: Page,
): Promise<string[] | undefined> {
  const uncommon = containingAllBut(commonWords, search);
  if (uncommon !== undefined) {
    const found = await findLike(db, { filter, search, pattern: uncommon }, page);
    if (found !== undefined) return found;
  }
  return findLike(db, { filter, search, pattern: containing(search) }, page);
}

async function findLike(
  db: Database,
  { filter, search, pattern }: { filter: JobFilter; search: string; pattern: string },
  { before, limit }: Page,
): Promise<string[] | undefined> {
  const [found] = await db.$queryRaw<{ titles: bigint; ids: string[] }[]>`
    WITH near AS MATERIALIZED (
      SELECT "id", ${hasIn(Prisma.sql`"title"`, search)} AS "fits" FROM "videos_titled_like"(${pattern}, ${FEW_TITLES + 1}::int)
    )
    SELECT (SELECT count(*) FROM near) AS "titles", ARRAY(
      SELECT j."id" FROM near JOIN "Job" j ON j."videoId" = near."id"
      WHERE near."fits" AND ${conditions(filter, before)} ${anyStateOf(filter)} ${anyWorkspaceOf(filter)}
      ORDER BY j."id" DESC LIMIT ${limit + 1}
    ) AS "ids"`;
  return found === undefined || found.titles > FEW_TITLES ? undefined : found.ids;
}

async function listIds(db: Database, filter: JobFilter, before: string | undefined, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`${listed(filter, before, limit)}`;
  return rows.map(({ id }) => id);
}

function pageOf(ids: readonly string[], limit: number): FoundJobs {
  return { ids: ids.slice(0, limit), next: ids.length > limit ? ids[limit - 1] : undefined };
}

/** The first ids of a filter without its search, in order, as a query. */
function listed(filter: JobFilter, before: string | undefined, limit: number): Prisma.Sql {
  const { workspaceIds, states, priorities, preset, failureCode } = filter;
  // Causes of failures have an index of their own, and few jobs each.
  const byState =
    failureCode === undefined && (states !== undefined || priorities !== undefined || preset !== undefined);
  const dimensions = [
    ...(workspaceIds === 'all' ? [] : [Prisma.sql`unnest(${[...workspaceIds]}::uuid[]) AS of_workspace`]),
    ...(byState
      ? [
          states === undefined
            ? Prisma.sql`unnest(enum_range(NULL::"JobState")) AS of_state`
            : Prisma.sql`unnest(${[...states]}::text[]::"JobState"[]) AS of_state`,
          priorities === undefined
            ? Prisma.sql`unnest(enum_range(NULL::"Priority")) AS of_priority`
            : Prisma.sql`unnest(${[...priorities]}::text[]::"Priority"[]) AS of_priority`,
        ]
      : []),
  ];
  const one = Prisma.sql`
    SELECT j."id" FROM "Job" j WHERE ${conditions(filter, before)}
      ${workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND j."workspaceId" = of_workspace`}
      ${byState ? Prisma.sql`AND j."state" = of_state AND j."priority" = of_priority` : anyStateOf(filter)}
    ORDER BY j."id" DESC LIMIT ${limit}`;
  if (dimensions.length === 0) return one;
  return Prisma.sql`
    SELECT each."id" FROM ${Prisma.join(dimensions, ' CROSS JOIN ')} CROSS JOIN LATERAL (${one}) AS each
    ORDER BY each."id" DESC LIMIT ${limit}`;
}

/** What is the same for all workspaces, states and priorities. Ids begin with the time of their making. */
function conditions(
  { preset, failureCode, since, until, endedSince }: JobFilter,
  before: string | undefined,
): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`NOT j."videoDeleted"`,
      ...(before === undefined ? [] : [Prisma.sql`j."id" < ${before}::uuid`]),
      ...(since === undefined ? [] : [Prisma.sql`j."id" >= ${idAt(since)}::uuid`]),
      ...(until === undefined ? [] : [Prisma.sql`j."id" < ${idAt(until)}::uuid`]),
      ...(preset === undefined ? [] : [Prisma.sql`j."preset" = ${preset}`]),
      ...(failureCode === undefined ? [] : [Prisma.sql`j."failureCode" = ${failureCode}`]),
      ...(endedSince === undefined ? [] : [Prisma.sql`j."endedAt" >= ${endedSince}`]),
    ],
    ' AND ',
  );
}

/** For a query that does not go over them one by one. */
function anyStateOf({ states, priorities }: JobFilter): Prisma.Sql {
  const ofStates =
    states === undefined ? Prisma.empty : Prisma.sql`AND j."state" = ANY (${[...states]}::text[]::"JobState"[])`;
  const ofPriorities =
    priorities === undefined
      ? Prisma.empty
      : Prisma.sql`AND j."priority" = ANY (${[...priorities]}::text[]::"Priority"[])`;
  return Prisma.sql`${ofStates} ${ofPriorities}`;
}

function anyWorkspaceOf({ workspaceIds }: JobFilter): Prisma.Sql {
  return workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND j."workspaceId" = ANY (${[...workspaceIds]}::uuid[])`;
}

function wordsOf(search: string): string[] {
  return search.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The same as ILIKE, which would make both small for each title. */
function hasIn(title: Prisma.Sql, search: string): Prisma.Sql {
  return Prisma.sql`lower(${title}) LIKE lower(${containing(search)})`;
}

/** What has the search somewhere. */
function containing(search: string): string {
  return `%${literally(search)}%`;
}

/** The same with anything in the place of some words; undefined where nothing is left that the index knows, or all of it. */
function containingAllBut(words: readonly string[], search: string): string | undefined {
  const left = wordsOf(search).filter((word) => !words.includes(word));
  if (words.length === 0 || !left.some((word) => word.length >= INDEXED_LETTERS)) return undefined;
  const parts = search.split(/([\p{L}\p{N}]+)/u);
  return `%${parts.map((part) => (words.includes(part) ? '%' : literally(part))).join('')}%`;
}

function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

import { VideoState, type SortOrder, type VideoSort } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';
import { isIn } from '../find-jobs/title-pattern.ts';
import { Prisma } from '../generated/client.ts';
import type { WorkspaceIds } from '../access/of-workspaces.ts';

/** A search looks at so many videos at once: a page may be short, and says where to go on. */
const LOOKED_AT = 10_000;

export interface VideoFilter {
  readonly workspaceIds: WorkspaceIds;
  readonly states?: readonly VideoState[] | undefined;
  /** Part of the title or of the file's name. */
  readonly search?: string | undefined;
  readonly sort: VideoSort;
  readonly order: SortOrder;
}

interface FoundVideos {
  readonly ids: string[];
  /** The id after which to go on; absent: there are no more. */
  readonly next: string | undefined;
}

/** What an order goes by, as its index has it, and its type. */
const KEYS: Record<VideoSort, { readonly key: Prisma.Sql; readonly type: Prisma.Sql }> = {
  added: { key: Prisma.sql`v."id"`, type: Prisma.sql`uuid` },
  title: { key: Prisma.sql`lower(v."title")`, type: Prisma.sql`text` },
  size: { key: Prisma.sql`v."sourceBytes"`, type: Prisma.sql`bigint` },
  length: { key: Prisma.sql`coalesce((v."probe" ->> 'durationSeconds')::float8, -1)`, type: Prisma.sql`float8` },
};

const DIRECTIONS: Record<
  SortOrder,
  { readonly word: Prisma.Sql; readonly back: Prisma.Sql; readonly after: Prisma.Sql }
> = {
  ascending: { word: Prisma.sql`ASC`, back: Prisma.sql`DESC`, after: Prisma.sql`>` },
  descending: { word: Prisma.sql`DESC`, back: Prisma.sql`ASC`, after: Prisma.sql`<` },
};

/**
 * A page of videos that were not deleted, in any order, from `after` on. It reads little more than the page: an index holds each state
 * of each workspace in each order.
 */
export async function findVideos(
  db: Database | Transaction,
  filter: VideoFilter,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<FoundVideos> {
  const from = after === undefined ? undefined : await placeOf(db, filter, after);
  // It is gone, and with it the place to go on from.
  if (after !== undefined && from === undefined) return { ids: [], next: undefined };
  const { search, order } = filter;
  if (search === undefined) {
    const rows = await db.$queryRaw<{ id: string }[]>`SELECT "id" FROM (${listed(filter, from, limit + 1)}) AS listed`;
    const ids = rows.map(({ id }) => id);
    return { ids: ids.slice(0, limit), next: ids.length > limit ? ids[limit - 1] : undefined };
  }
  const { word, back } = DIRECTIONS[order];
  const [look] = await db.$queryRaw<{ ids: string[]; last: string | null; count: bigint }[]>`
    WITH looked AS MATERIALIZED (${listed(filter, from, LOOKED_AT)})
    SELECT ARRAY(
        SELECT "id" FROM looked
        WHERE ${isIn(Prisma.sql`"title"`, search)} OR ${isIn(Prisma.sql`"fileName"`, search)}
        ORDER BY "key" ${word}, "id" ${word} LIMIT ${limit + 1}
      ) AS "ids",
      (SELECT "id" FROM looked ORDER BY "key" ${back}, "id" ${back} LIMIT 1) AS "last", (SELECT count(*) FROM looked) AS "count"`;
  if (look === undefined) throw new Error('a query of one row answered with none');
  const { ids, last, count } = look;
  if (ids.length > limit) return { ids: ids.slice(0, limit), next: ids[limit - 1] };
  return { ids, next: count < LOOKED_AT ? undefined : (last ?? undefined) };
}

interface Place {
  readonly key: string;
  readonly id: string;
}

async function placeOf(
  db: Database | Transaction,
  { workspaceIds, sort }: VideoFilter,
  id: string,
): Promise<Place | undefined> {
  const seen =
    workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND v."workspaceId" = ANY (${[...workspaceIds]}::uuid[])`;
  const [place] = await db.$queryRaw<Place[]>`
    SELECT (${KEYS[sort].key})::text AS "key", v."id"::text AS "id" FROM "Video" v WHERE v."id" = ${id}::uuid ${seen}`;
  return place;
}

/** One query a state of each workspace, so that Postgres knows of each how many there are and reads it from the index that fits. */
function listed(
  { workspaceIds, states, sort, order }: VideoFilter,
  from: Place | undefined,
  limit: number,
): Prisma.Sql {
  const { key, type } = KEYS[sort];
  const { word, after } = DIRECTIONS[order];
  const beyond =
    from === undefined
      ? Prisma.empty
      : sort === 'added'
        ? Prisma.sql`AND v."id" ${after} ${from.id}::uuid`
        : Prisma.sql`AND (${key}, v."id") ${after} (${from.key}::text::${type}, ${from.id}::uuid)`;
  const ofStates = (states ?? VideoState.options).filter((state) => state !== 'deleted');
  const ofWorkspaces =
    workspaceIds === 'all' ? [Prisma.empty] : workspaceIds.map((id) => Prisma.sql`AND v."workspaceId" = ${id}::uuid`);
  const each = ofWorkspaces.flatMap((ofWorkspace) =>
    ofStates.map(
      (state) => Prisma.sql`(
        SELECT v."id", ${key} AS "key", v."title", v."fileName" FROM "Video" v
        WHERE v."state" = ${state}::text::"VideoState" ${ofWorkspace} ${beyond}
        ORDER BY ${key} ${word}, v."id" ${word} LIMIT ${limit}
      )`,
    ),
  );
  if (each.length === 0) return NOTHING;
  return Prisma.sql`
    SELECT * FROM (${Prisma.join(each, ' UNION ALL ')}) AS each
    ORDER BY each."key" ${word}, each."id" ${word} LIMIT ${limit}`;
}

const NOTHING = Prisma.sql`SELECT NULL::uuid AS "id", NULL::text AS "key", '' AS "title", '' AS "fileName" LIMIT 0`;

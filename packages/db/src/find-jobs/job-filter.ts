import type { JobState, Priority } from '@transcode/contracts';
import { Prisma } from '../generated/client.ts';
import { idAt } from '../id-at.ts';
import type { WorkspaceIds } from '../access/of-workspaces.ts';

/** What a list of jobs is narrowed to. Jobs whose video was deleted are in none. */
export interface JobFilter {
  readonly workspaceIds: WorkspaceIds;
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

interface Listing {
  readonly before: string | undefined;
  readonly limit: number;
  /** Each with its title: looked up by its id where several orders become one, and read with it where there is one. */
  readonly titled?: boolean;
}

/** The first ids of a filter without its search, in order, as a query. */
export function listed(filter: JobFilter, { before, limit, titled = false }: Listing): Prisma.Sql {
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
  const read = titled && dimensions.length === 0 ? Prisma.sql`, j."videoTitle" AS "title"` : Prisma.empty;
  const one = Prisma.sql`
    SELECT j."id" ${read} FROM "Job" j WHERE ${conditions(filter, before)}
      ${workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND j."workspaceId" = of_workspace`}
      ${byState ? Prisma.sql`AND j."state" = of_state AND j."priority" = of_priority` : anyStateOf(filter)}
    ORDER BY j."id" DESC LIMIT ${limit}`;
  if (dimensions.length === 0) return one;
  const lookedUp = titled
    ? Prisma.sql`, (SELECT j."videoTitle" FROM "Job" j WHERE j."id" = each."id") AS "title"`
    : Prisma.empty;
  return Prisma.sql`
    SELECT each."id" ${lookedUp} FROM ${Prisma.join(dimensions, ' CROSS JOIN ')} CROSS JOIN LATERAL (${one}) AS each
    ORDER BY each."id" DESC LIMIT ${limit}`;
}

/** What is the same for all workspaces, states and priorities. Ids begin with the time of their making. */
export function conditions(
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
export function anyStateOf({ states, priorities }: JobFilter): Prisma.Sql {
  const ofStates =
    states === undefined ? Prisma.empty : Prisma.sql`AND j."state" = ANY (${[...states]}::text[]::"JobState"[])`;
  const ofPriorities =
    priorities === undefined
      ? Prisma.empty
      : Prisma.sql`AND j."priority" = ANY (${[...priorities]}::text[]::"Priority"[])`;
  return Prisma.sql`${ofStates} ${ofPriorities}`;
}

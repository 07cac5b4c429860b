import { Prisma } from '../generated/client.ts';

/** Whose things are asked for. */
export type WorkspaceIds = 'all' | readonly string[];

/** What narrows a query that calls the jobs `j` to those of some workspaces. */
export function ofWorkspaces(workspaceIds: WorkspaceIds): Prisma.Sql {
  return workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND j."workspaceId" = ANY (${[...workspaceIds]}::uuid[])`;
}

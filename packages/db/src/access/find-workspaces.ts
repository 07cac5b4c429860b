import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import type { WorkspaceIds } from './of-workspaces.ts';
import { readRows } from '../read-rows.ts';

/** The workspaces that somebody may see, in the order of their making. */
export function findWorkspaces(db: Database, workspaceIds: WorkspaceIds): Promise<{ id: string; name: string }[]> {
  const these = workspaceIds === 'all' ? Prisma.empty : Prisma.sql`AND "id" = ANY (${[...workspaceIds]}::uuid[])`;
  return readRows(
    db,
    Prisma.sql`SELECT "id", "name" FROM "Workspace" WHERE "erasingAt" IS NULL ${these} ORDER BY "id"`,
    { prepared: true },
  );
}

import { TranscodeError, type WorkspaceView } from '@transcode/contracts';
import { isUniqueViolation, type Prisma } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { toPage } from '../lists/page.ts';
import { found } from './visible.ts';

const ROWS = {
  members: {
    orderBy: { user: { name: 'asc' } },
    select: { user: { select: { id: true, name: true, email: true, role: true } } },
  },
} as const satisfies Prisma.WorkspaceInclude;
type Row = Prisma.WorkspaceGetPayload<{ include: typeof ROWS }>;

function workspaceView({ id, name, createdAt, members }: Row): WorkspaceView {
  return { id, name, createdAt: createdAt.toISOString(), members: members.map(({ user }) => user) };
}

export async function listWorkspaces(
  { services: { db } }: SignedInContext,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: WorkspaceView[]; nextCursor: string | null }> {
  const rows = await db.workspace.findMany({
    where: { erasingAt: null, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: ROWS,
  });
  const page = toPage(rows, limit);
  return { items: page.items.map(workspaceView), nextCursor: page.nextCursor };
}

export async function createWorkspace({ services, identity }: SignedInContext, name: string): Promise<WorkspaceView> {
  return uniquelyNamed(name, () =>
    services.db.$transaction(async (tx) => {
      const row = await tx.workspace.create({ data: { name }, include: ROWS });
      const deed = { action: 'workspace.create', target: row.id, workspaceId: row.id } as const;
      await audit(tx, identity, { ...deed, details: { name, after: { name } } });
      return workspaceView(row);
    }),
  );
}

export async function renameWorkspace(
  { services, identity }: SignedInContext,
  { id, name }: { id: string; name: string },
): Promise<WorkspaceView> {
  return uniquelyNamed(name, () =>
    services.db.$transaction(async (tx) => {
      const before = found(await tx.workspace.findUnique({ where: { id, erasingAt: null } }), 'workspace');
      const row = await tx.workspace.update({ where: { id }, data: { name }, include: ROWS });
      const deed = { action: 'workspace.rename', target: id, workspaceId: id } as const;
      if (before.name !== name) {
        await audit(tx, identity, { ...deed, details: { name, before: { name: before.name }, after: { name } } });
      }
      return workspaceView(row);
    }),
  );
}

async function uniquelyNamed<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new TranscodeError('conflict', { reason: `There is a workspace called “${name}” already` });
    }
    throw error;
  }
}

import { roleAtLeast } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Identity } from './principal.ts';

/** The person whose session this is, while it holds. */
export async function findSession(db: Database, secretHash: string): Promise<Identity | undefined> {
  const session = await db.session.findUnique({
    where: { secretHash },
    include: { user: { include: { memberships: { select: { workspaceId: true } } } } },
  });
  if (session === null || session.revokedAt !== null || session.expiresAt <= new Date()) return undefined;
  const { user } = session;
  if (user.disabledAt !== null) return undefined;
  return {
    kind: 'user',
    id: user.id,
    role: user.role,
    workspaceIds: roleAtLeast(user.role, 'operator') ? 'all' : user.memberships.map((one) => one.workspaceId),
    session: { id: session.id, secretHash },
    mustChangePassword: user.mustChangePassword,
  };
}

/** The API key with this hash, while neither it nor the person who made it is shut out. */
export async function findKey(db: Database, secretHash: string): Promise<Identity | undefined> {
  const key = await db.apiKey.findUnique({ where: { secretHash }, include: { createdBy: true } });
  if (key === null || key.revokedAt !== null) return undefined;
  if (key.expiresAt !== null && key.expiresAt <= new Date()) return undefined;
  if (key.createdBy !== null && key.createdBy.disabledAt !== null) return undefined;
  await db.apiKey.updateMany({
    where: { id: key.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(Date.now() - 60_000) } }] },
    data: { lastUsedAt: new Date() },
  });
  return {
    kind: 'key',
    id: key.id,
    role: key.role,
    workspaceIds: [key.workspaceId],
    session: null,
    mustChangePassword: false,
  };
}

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

/**
 * The API key with this hash, while neither it nor the person who made it is shut out. It never opens more than that person may
 * open by now: their role is its most, and who has left its workspace has no key to it.
 */
export async function findKey(db: Database, secretHash: string): Promise<Identity | undefined> {
  const key = await db.apiKey.findUnique({
    where: { secretHash },
    include: { createdBy: { include: { memberships: true } } },
  });
  if (key === null || key.revokedAt !== null) return undefined;
  if (key.expiresAt !== null && key.expiresAt <= new Date()) return undefined;
  const { createdBy, workspaceId } = key;
  if (createdBy !== null) {
    if (createdBy.disabledAt !== null) return undefined;
    const seesAll = roleAtLeast(createdBy.role, 'operator');
    if (!seesAll && createdBy.memberships.every((one) => one.workspaceId !== workspaceId)) return undefined;
  }
  await db.apiKey.updateMany({
    where: { id: key.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(Date.now() - 60_000) } }] },
    data: { lastUsedAt: new Date() },
  });
  return {
    kind: 'key',
    id: key.id,
    role: createdBy !== null && roleAtLeast(key.role, createdBy.role) ? createdBy.role : key.role,
    workspaceIds: [workspaceId],
    session: null,
    mustChangePassword: false,
  };
}

import { roleAtLeast, type Role } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Identity } from './principal.ts';

/** How often it is written down that a key was used, at most. */
const USED_MS = 60_000;

/** The people whose sessions these are, by the hash of each that holds. */
export async function findSessions(
  db: Database,
  secretHashes: readonly string[],
): Promise<ReadonlyMap<string, Identity>> {
  const sessions = await db.session.findMany({
    where: { secretHash: { in: [...secretHashes] }, revokedAt: null, expiresAt: { gt: new Date() } },
    include: { user: { include: { memberships: { select: { workspaceId: true } } } } },
  });
  return new Map(
    sessions
      .filter(({ user }) => user.disabledAt === null)
      .map(({ id, secretHash, user }) => {
        const identity: Identity = {
          kind: 'user',
          id: user.id,
          role: user.role,
          workspaceIds: roleAtLeast(user.role, 'operator') ? 'all' : user.memberships.map((one) => one.workspaceId),
          session: { id, secretHash },
          mustChangePassword: user.mustChangePassword,
        };
        return [secretHash, identity];
      }),
  );
}

/**
 * The API keys with these hashes, while neither they nor the people who made them are shut out. A key never opens more than its maker
 * may open by now: their role is its most, and who has left its workspace has no key to it.
 */
export async function findKeys(db: Database, secretHashes: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
  const found = await db.apiKey.findMany({
    where: {
      secretHash: { in: [...secretHashes] },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    include: { createdBy: { include: { memberships: { select: { workspaceId: true } } } } },
  });
  const keys = found.filter(({ createdBy, workspaceId }) => createdBy === null || mayGive(createdBy, workspaceId));
  const unused = new Date(Date.now() - USED_MS);
  const used = keys.filter(({ lastUsedAt }) => lastUsedAt === null || lastUsedAt < unused).map(({ id }) => id);
  if (used.length > 0) {
    const stillUnused = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: unused } }] };
    await db.apiKey.updateMany({ where: { id: { in: used }, ...stillUnused }, data: { lastUsedAt: new Date() } });
  }
  return new Map(
    keys.map(({ id, role, workspaceId, secretHash, createdBy }) => {
      const identity: Identity = {
        ...{ kind: 'key', id, workspaceIds: [workspaceId], session: null, mustChangePassword: false },
        role: createdBy !== null && roleAtLeast(role, createdBy.role) ? createdBy.role : role,
      };
      return [secretHash, identity];
    }),
  );
}

interface Maker {
  readonly role: Role;
  readonly disabledAt: Date | null;
  readonly memberships: readonly { readonly workspaceId: string }[];
}

function mayGive({ role, disabledAt, memberships }: Maker, workspaceId: string): boolean {
  if (disabledAt !== null) return false;
  return roleAtLeast(role, 'operator') || memberships.some((one) => one.workspaceId === workspaceId);
}

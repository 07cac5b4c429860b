import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import { findApiKeys, type Database } from '@transcode/db';
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

/** What is told to somebody whose session holds no longer; undefined where there never was one. */
export async function whyEnded(db: Database, secretHash: string): Promise<TranscodeError | undefined> {
  const session = await db.session.findUnique({ where: { secretHash }, include: { user: true } });
  if (session === null) return undefined;
  if (session.user.disabledAt !== null) return new TranscodeError('account_disabled');
  return new TranscodeError(session.revokedAt === null ? 'session_expired' : 'session_ended');
}

/** The API keys with these hashes that hold, each with what it opens by now. */
export async function findKeys(db: Database, secretHashes: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
  const keys = await findApiKeys(db, secretHashes);
  const unused = new Date(Date.now() - USED_MS);
  const used = keys.filter(({ lastUsedAt }) => lastUsedAt === null || lastUsedAt < unused).map(({ id }) => id);
  if (used.length > 0) {
    const stillUnused = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: unused } }] };
    await db.apiKey.updateMany({ where: { id: { in: used }, ...stillUnused }, data: { lastUsedAt: new Date() } });
  }
  return new Map(
    keys.map(({ id, role, reach, workspaceId, secretHash }) => {
      const identity: Identity = {
        ...{ kind: 'key', id, role, workspaceIds: reach === 'all' ? 'all' : [workspaceId], home: workspaceId },
        ...{ session: null, mustChangePassword: false },
      };
      return [secretHash, identity];
    }),
  );
}

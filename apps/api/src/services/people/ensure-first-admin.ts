import type { Database } from '@transcode/db';
import { oneTimePassword } from '../../identity/one-time-password.ts';
import { hashPassword } from '../../identity/password.ts';
import { ensureWorkspace } from '../workspaces/ensure-workspace.ts';

const EMAIL = 'admin@localhost';

/**
 * Where there is no user yet: the workspace, and an admin. Its password is the one that is given, which lies where it came from and is its
 * owner's to change; else a one-time password, which is told this once.
 */
export async function ensureFirstAdmin(
  db: Database,
  given?: { email: string; password: string },
): Promise<{ email: string; password: string } | undefined> {
  if ((await db.user.count()) > 0) return undefined;
  const email = given?.email.trim().toLowerCase() ?? EMAIL;
  const password = given?.password ?? oneTimePassword();
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    // Two that start at once: the second waits here and then finds the first one's admin.
    await tx.$executeRaw`LOCK TABLE "User" IN EXCLUSIVE MODE`;
    if ((await tx.user.count()) > 0) return undefined;
    const workspace = await ensureWorkspace(tx);
    await tx.user.create({
      data: {
        email,
        name: 'Admin',
        role: 'admin',
        passwordHash,
        mustChangePassword: given === undefined,
        memberships: { create: { workspaceId: workspace.id } },
      },
    });
    return { email, password };
  });
}

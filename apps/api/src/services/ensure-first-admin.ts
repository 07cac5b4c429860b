import type { Database } from '@transcode/db';
import { oneTimePassword } from '../identity/one-time-password.ts';
import { hashPassword } from '../identity/password.ts';
import { ensureWorkspace } from './ensure-workspace.ts';

const EMAIL = 'admin@localhost';

/** Where there is no user yet: the workspace, and an admin whose one-time password is told this once. */
export async function ensureFirstAdmin(db: Database): Promise<{ email: string; password: string } | undefined> {
  if ((await db.user.count()) > 0) return undefined;
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    // Two that start at once: the second waits here and then finds the first one's admin.
    await tx.$executeRaw`LOCK TABLE "User" IN EXCLUSIVE MODE`;
    if ((await tx.user.count()) > 0) return undefined;
    const workspace = await ensureWorkspace(tx);
    await tx.user.create({
      data: {
        email: EMAIL,
        name: 'Admin',
        role: 'admin',
        passwordHash,
        mustChangePassword: true,
        memberships: { create: { workspaceId: workspace.id } },
      },
    });
    return { email: EMAIL, password };
  });
}

import { TranscodeError, type Role, type UserView } from '@transcode/contracts';
import { isUniqueViolation } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { oneTimePassword } from '../../identity/one-time-password.ts';
import { hashPassword } from '../../identity/password.ts';
import { USER_ROWS, userView } from '../../views/user-view.ts';
import { audit } from '../audit/audit.ts';
import { demandWorkspaces } from '../workspaces/demand-workspaces.ts';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly workspaceIds: readonly string[];
}

/** A new account. Its one-time password is told this once; only its hash is stored. */
export async function createUser(
  { services, identity }: SignedInContext,
  wanted: NewUser,
): Promise<UserView & { password: string }> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  const { name, role } = wanted;
  const email = wanted.email.toLowerCase();
  try {
    return await services.db.$transaction(async (tx) => {
      const workspaces = await demandWorkspaces(tx, wanted.workspaceIds);
      const memberships = { create: workspaces.map(({ id }) => ({ workspaceId: id })) };
      const user = await tx.user.create({
        data: { email, name, role, passwordHash, mustChangePassword: true, memberships },
        include: USER_ROWS,
      });
      const after = { email, name, role, workspaces: workspaces.map((one) => one.name) };
      await audit(tx, identity, { action: 'user.create', target: user.id, details: { name: email, after } });
      return { ...userView(user), password };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new TranscodeError('conflict', { reason: `${email} has an account already` });
    throw error;
  }
}

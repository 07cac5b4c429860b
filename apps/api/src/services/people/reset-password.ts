import type { SignedInContext } from '../../context.ts';
import { oneTimePassword } from '../../identity/one-time-password.ts';
import { hashPassword } from '../../identity/password.ts';
import { audit } from '../audit/audit.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { found } from '../workspaces/visible.ts';

/** A new one-time password for an account, told this once. What was signed in with the old one is signed out. */
export async function resetPassword(
  { services, identity }: SignedInContext,
  id: string,
): Promise<{ password: string }> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await services.db.$transaction(async (tx) => {
    const { email } = found(await tx.user.findUnique({ where: { id } }), 'user');
    await tx.user.update({ where: { id }, data: { passwordHash, mustChangePassword: true } });
    const sessions = await endSessions(tx, { userId: id });
    await audit(tx, identity, { action: 'user.resetPassword', target: id, details: { name: email, sessions } });
  });
  services.authenticator.forget();
  return { password };
}

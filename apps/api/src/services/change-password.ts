import { PASSWORD_MIN_LENGTH, TranscodeError } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { hashPassword, verifyPassword } from '../identity/password.ts';
import { audit } from './audit.ts';

/** Changes one's own password and ends one's other sessions. */
export async function changePassword(
  { services, request, identity }: SignedInContext,
  { current, next }: { current: string; next: string },
): Promise<void> {
  if (identity.kind !== 'user') throw new TranscodeError('conflict', { reason: 'An API key has no password' });
  const { db, throttle } = services;
  const user = await db.user.findUniqueOrThrow({ where: { id: identity.id } });
  await throttle.takeTry(user.email, request.address);
  if (!(await verifyPassword(current, user.passwordHash))) throw new TranscodeError('wrong_credentials');
  await throttle.succeeded(user.email, request.address);
  if (next.length < PASSWORD_MIN_LENGTH || next === current) {
    throw new TranscodeError('password_too_weak', { min: PASSWORD_MIN_LENGTH });
  }

  const passwordHash = await hashPassword(next);
  await db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, mustChangePassword: false } });
    await tx.session.updateMany({
      where: { userId: user.id, revokedAt: null, id: { not: identity.session?.id ?? user.id } },
      data: { revokedAt: new Date() },
    });
    await audit(tx, identity, { action: 'auth.changePassword', target: user.id });
  });
  services.authenticator.forget();
}

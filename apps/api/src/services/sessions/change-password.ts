import { PASSWORD_MIN_LENGTH, TranscodeError } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { networkOf } from '../../http/callers.ts';
import { hashPassword, verifyPassword } from '../../identity/password.ts';
import { audit } from '../audit/audit.ts';
import { noteWrongPassword } from './note-wrong-password.ts';

/** Changes one's own password and ends one's other sessions. */
export async function changePassword(
  { services, request, identity }: SignedInContext,
  { current, next }: { current: string; next: string },
): Promise<void> {
  if (identity.kind !== 'user') throw new TranscodeError('conflict', { reason: 'An API key has no password' });
  const { db, throttle, passwordTurns } = services;
  const user = await db.user.findUniqueOrThrow({ where: { id: identity.id } });
  // Whoever is signed in is no stranger.
  const tried = { account: user.email, address: networkOf(request.address), isKnown: true };
  await throttle.takeTry(tried);
  const turn = { who: tried.address, isAhead: true };
  if (!(await passwordTurns.during(turn, () => verifyPassword(current, user.passwordHash)))) {
    await noteWrongPassword(db, { account: user, address: tried.address, actorUserId: user.id });
    throw new TranscodeError('wrong_credentials');
  }
  await throttle.succeeded(tried);
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

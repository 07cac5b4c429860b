import { TranscodeError, type AuditAction, type UserView } from '@transcode/contracts';
import type { Database, Transaction } from '@transcode/db';
import { Redis } from 'ioredis';
import { oneTimePassword } from '../../identity/one-time-password.ts';
import { hashPassword } from '../../identity/password.ts';
import { SignInThrottle } from '../../identity/sign-in-throttle.ts';
import { USER_ROWS, userView, type UserRow } from '../../views/user-view.ts';
import { endSessions } from '../sessions/end-sessions.ts';

// For whoever has the machine: who may read the secrets of an installation could change these rows anyway.

export async function listLocalUsers(db: Database): Promise<UserView[]> {
  return (await db.user.findMany({ orderBy: { email: 'asc' }, include: USER_ROWS })).map(userView);
}

/** A new one-time password for an account, told this once. What was signed in with the old one is signed out. */
export async function resetLocalPassword(db: Database, email: string): Promise<string> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await db.$transaction(async (tx) => {
    const { id } = await userAt(tx, email);
    await tx.user.update({ where: { id }, data: { passwordHash, mustChangePassword: true } });
    const sessions = await endSessions(tx, { userId: id });
    await note(tx, { action: 'user.resetPassword', target: id, details: { name: email, sessions } });
  });
  return password;
}

/** Makes an account an administrator's, and lets it sign in again if it was shut out. */
export async function makeLocalAdmin(db: Database, email: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id, role, disabledAt } = await userAt(tx, email);
    if (role === 'admin' && disabledAt === null) return;
    await tx.user.update({ where: { id }, data: { role: 'admin', disabledAt: null } });
    const before = { role, disabled: disabledAt !== null };
    const details = { name: email, before, after: { role: 'admin', disabled: false } };
    await note(tx, { action: 'user.update', target: id, details });
  });
}

/** Whoever guessed at the account keeps nobody waiting any longer. */
export async function unlockLocalUser(db: Database, redisUrl: string, email: string): Promise<void> {
  const { id } = await userAt(db, email);
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  // What goes wrong is told to who asks something of it.
  redis.on('error', () => undefined);
  try {
    await new SignInThrottle(redis).unlock(email);
  } finally {
    redis.disconnect();
  }
  await note(db, { action: 'user.unlock', target: id, details: { name: email } });
}

async function userAt(db: Database | Transaction, email: string): Promise<UserRow> {
  const user = await db.user.findUnique({ where: { email: email.trim().toLowerCase() }, include: USER_ROWS });
  if (user === null) throw new TranscodeError('not_found', { what: `user with the address ${email}` });
  return user;
}

async function note(
  db: Database | Transaction,
  { details, ...deed }: { action: AuditAction; target: string; details: object },
): Promise<void> {
  await db.audit.create({ data: { ...deed, details: { ...details, local: true } } });
}

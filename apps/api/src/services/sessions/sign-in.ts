import { SESSION_MS, TranscodeError } from '@transcode/contracts';
import type { Role } from '@transcode/contracts';
import type { Context } from '../../context.ts';
import { networkOf } from '../../http/callers.ts';
import { verifyPassword } from '../../identity/password.ts';
import { hashSecret, randomSecret } from '../../identity/secret.ts';
import { audit } from '../audit/audit.ts';
import { isKnownAt } from './is-known-at.ts';
import { noteWrongPassword } from './note-wrong-password.ts';

interface SignedIn {
  session: string;
  user: { id: string; email: string; name: string };
  role: Role;
  mustChangePassword: boolean;
}

/** Looked for in place of who does not exist, so that both take as long. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** The answer and the time it takes are the same for a wrong password and for an account that does not exist. */
export async function signIn(context: Context, given: { email: string; password: string }): Promise<SignedIn> {
  const { services, request } = context;
  const email = given.email.trim().toLowerCase();
  const user = await services.db.user.findUnique({ where: { email } });
  const address = networkOf(request.address);
  const tried = { account: email, address, isKnown: await isKnownAt(services.db, user?.id ?? NOBODY, address) };
  await services.throttle.takeTry(tried);
  const turn = { who: address, isAhead: tried.isKnown };
  const right = await services.passwordTurns.during(turn, () => verifyPassword(given.password, user?.passwordHash));
  if (!right || user === null || user.disabledAt !== null) {
    await noteWrongPassword(services.db, { account: user ?? undefined, address });
    const refused = { request_id: request.id, address: request.address, code: 'wrong_credentials' };
    services.log.event(
      'warn',
      'sign_in_refused',
      refused,
      'Somebody could not sign in: the e-mail or the password is not right',
    );
    throw new TranscodeError('wrong_credentials');
  }
  await services.throttle.succeeded(tried);

  const session = randomSecret();
  await services.db.$transaction(async (tx) => {
    const row = await tx.session.create({
      data: {
        userId: user.id,
        secretHash: hashSecret(session),
        userAgent: request.headers['user-agent']?.slice(0, 250) ?? null,
        expiresAt: new Date(Date.now() + SESSION_MS),
      },
    });
    const actor = { kind: 'user', id: user.id, role: user.role, workspaceIds: [] } as const;
    const details = { address: request.address };
    await audit(tx, { ...actor, workspaceIds: [] }, { action: 'auth.signIn', target: row.id, details });
  });
  const { id, name, role, mustChangePassword } = user;
  return { session, user: { id, email, name }, role, mustChangePassword };
}

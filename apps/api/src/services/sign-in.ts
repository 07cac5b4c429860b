import { SESSION_MS, TranscodeError } from '@transcode/contracts';
import type { Role } from '@transcode/contracts';
import type { Context } from '../context.ts';
import { verifyPassword } from '../identity/password.ts';
import { hashSecret, randomSecret } from '../identity/secret.ts';
import { audit } from './audit.ts';

interface SignedIn {
  session: string;
  user: { id: string; email: string; name: string };
  role: Role;
  mustChangePassword: boolean;
}

/** The answer and the time it takes are the same for a wrong password and for an account that does not exist. */
export async function signIn(context: Context, given: { email: string; password: string }): Promise<SignedIn> {
  const { services, request } = context;
  const email = given.email.trim().toLowerCase();
  await services.throttle.takeTry(email, request.address);
  const user = await services.db.user.findUnique({ where: { email } });
  const right = await verifyPassword(given.password, user?.passwordHash);
  if (!right || user === null || user.disabledAt !== null) throw new TranscodeError('wrong_credentials');
  await services.throttle.succeeded(email, request.address);

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

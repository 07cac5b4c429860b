import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';

/** Ends the session of this request. An API key has none: it is revoked instead. */
export async function signOut({ services, identity }: SignedInContext): Promise<void> {
  const { session } = identity;
  if (session === null) return;
  await services.db.$transaction(async (tx) => {
    await tx.session.update({ where: { id: session.id }, data: { revokedAt: new Date() } });
    await audit(tx, identity, { action: 'auth.signOut', target: session.id });
  });
  services.authenticator.forget();
}

import { TranscodeError, type ErasureView } from '@transcode/contracts';
import { askErasure, eraseUser as eraseInDatabase } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { readErasure } from '../erasures/erasures.ts';
import { demandConfirmed } from '../erasures/demand-confirmed.ts';
import { found } from '../workspaces/visible.ts';
import { keepAnAdmin } from './keep-an-admin.ts';

/**
 * Nothing of the person is left: account, sessions, keys, and what the audit log calls them and where they were. What they did stays, by an id
 * that leads nowhere; what they uploaded is its workspace's.
 */
export async function eraseUser(
  context: SignedInContext,
  { id, confirm }: { id: string; confirm: string },
): Promise<ErasureView> {
  const { services, identity } = context;
  if (id === identity.id)
    throw new TranscodeError('conflict', { reason: 'You cannot erase your own account. Another administrator can' });
  const { erasure, email } = await services.db.$transaction(async (tx) => {
    await keepAnAdmin(tx, id);
    const user = found(await tx.user.findUnique({ where: { id } }), 'user');
    demandConfirmed(confirm, user.email, 'e-mail address');
    const asked = await askErasure(tx, { kind: 'user', subjectId: id, by: identity });
    await audit(tx, identity, { action: 'erasure.user', target: id });
    await eraseInDatabase(tx, id);
    return { erasure: asked, email: user.email };
  });
  services.authenticator.forget();
  // What is counted there is a hash, and forgotten within minutes anyway.
  await services.throttle.unlock(email).catch(() => undefined);
  return readErasure(context, erasure.id);
}

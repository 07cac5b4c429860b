import { TranscodeError, type ErasureView } from '@transcode/contracts';
import { askErasure, eraseUser as eraseInDatabase } from '@transcode/db';
import type { Services, SignedInContext } from '../../context.ts';
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
    demandConfirmed(confirm, user.email, { what: 'e-mail address', undone: 'Nothing was erased' });
    const asked = await askErasure(tx, { kind: 'user', subjectId: id, by: identity });
    await audit(tx, identity, { action: 'erasure.user', target: id });
    await eraseInDatabase(tx, id);
    return { erasure: asked, email: user.email };
  });
  services.authenticator.forget();
  await forgetGuesses(services, email);
  return readErasure(context, erasure.id);
}

/** What was counted of wrong passwords is under a hash, and goes by itself within minutes: where Redis is away the account is erased all the same. */
async function forgetGuesses({ throttle, log }: Pick<Services, 'throttle' | 'log'>, email: string): Promise<void> {
  try {
    await throttle.unlock(email);
  } catch (error) {
    if (!(error instanceof TranscodeError && error.code === 'queue_unavailable')) throw error;
    log.warn({ err: error }, 'What was counted of wrong passwords of an erased account goes by itself');
  }
}

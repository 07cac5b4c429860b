import { TranscodeError, type UserView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { USER_ROWS, userView } from '../../views/user-view.ts';
import { audit } from '../audit/audit.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { found } from '../workspaces/visible.ts';

/** The account can no longer sign in, its sessions end, and the API keys it made open nothing until it is enabled again. */
export async function disableUser({ services, identity }: SignedInContext, id: string): Promise<UserView> {
  if (id === identity.id) {
    throw new TranscodeError('conflict', { reason: 'You cannot disable your own account. Another administrator can' });
  }
  const view = await services.db.$transaction(async (tx) => {
    await keepAnAdmin(tx, id);
    const user = found(await tx.user.findUnique({ where: { id }, include: USER_ROWS }), 'user');
    if (user.disabledAt !== null) return userView(user);
    const after = await tx.user.update({ where: { id }, data: { disabledAt: new Date() }, include: USER_ROWS });
    const sessions = await endSessions(tx, { userId: id });
    const details = { name: user.email, sessions, before: { disabled: false }, after: { disabled: true } };
    await audit(tx, identity, { action: 'user.disable', target: id, details });
    return userView(after);
  });
  services.authenticator.forget();
  return view;
}

import type { UserView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { USER_ROWS, userView } from '../../views/user-view.ts';
import { audit } from '../audit/audit.ts';
import { found } from '../workspaces/visible.ts';

/** The account can sign in again, with the password it had. */
export async function enableUser({ services, identity }: SignedInContext, id: string): Promise<UserView> {
  const view = await services.db.$transaction(async (tx) => {
    const user = found(await tx.user.findUnique({ where: { id }, include: USER_ROWS }), 'user');
    if (user.disabledAt === null) return userView(user);
    const after = await tx.user.update({ where: { id }, data: { disabledAt: null }, include: USER_ROWS });
    const details = { name: user.email, before: { disabled: true }, after: { disabled: false } };
    await audit(tx, identity, { action: 'user.enable', target: id, details });
    return userView(after);
  });
  services.authenticator.forget();
  return view;
}

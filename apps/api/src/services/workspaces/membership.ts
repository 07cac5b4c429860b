import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { demandChanged, found } from './visible.ts';

interface Membership {
  readonly workspaceId: string;
  readonly userId: string;
}

/** Lets somebody into a workspace; who is in it already stays. */
export async function addMember({ services, identity }: SignedInContext, wanted: Membership): Promise<void> {
  const { workspaceId, userId } = wanted;
  await services.db.$transaction(async (tx) => {
    const workspace = found(
      await tx.workspace.findUnique({ where: { id: workspaceId, erasingAt: null } }),
      'workspace',
    );
    const { email } = found(await tx.user.findUnique({ where: { id: userId } }), 'user');
    const { count } = await tx.membership.createMany({ data: [wanted], skipDuplicates: true });
    if (count === 0) return;
    const details = { name: email, after: { workspace: workspace.name } };
    await audit(tx, identity, { action: 'workspace.addMember', target: userId, workspaceId, details });
  });
  services.authenticator.forget();
}

/** Takes somebody out of a workspace; what they made there stays. */
export async function removeMember({ services, identity }: SignedInContext, gone: Membership): Promise<void> {
  const { workspaceId, userId } = gone;
  await services.db.$transaction(async (tx) => {
    const where = { userId_workspaceId: { userId, workspaceId } };
    const include = { workspace: { select: { name: true } }, user: { select: { email: true } } };
    const { workspace, user } = found(await tx.membership.findUnique({ where, include }), 'member');
    demandChanged(await tx.membership.deleteMany({ where: gone }), 'member');
    const details = { name: user.email, before: { workspace: workspace.name } };
    await audit(tx, identity, { action: 'workspace.removeMember', target: userId, workspaceId, details });
  });
  services.authenticator.forget();
}

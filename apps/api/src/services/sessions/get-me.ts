import type { MeView } from '@transcode/contracts';
import { findWorkspaces } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';

export async function getMe({ services, identity }: SignedInContext): Promise<MeView> {
  const { workspaceIds, role, mustChangePassword } = identity;
  const [user, workspaces] = await Promise.all([
    identity.kind === 'user' ? services.db.user.findUniqueOrThrow({ where: { id: identity.id } }) : null,
    findWorkspaces(services.db, workspaceIds),
  ]);
  return {
    user: user === null ? null : { id: user.id, email: user.email, name: user.name },
    role,
    workspaces,
    mustChangePassword,
  };
}

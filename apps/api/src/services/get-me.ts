import type { MeView } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';

export async function getMe({ services, identity }: SignedInContext): Promise<MeView> {
  const { workspaceIds, role, mustChangePassword } = identity;
  const [user, workspaces] = await Promise.all([
    identity.kind === 'user' ? services.db.user.findUniqueOrThrow({ where: { id: identity.id } }) : null,
    services.db.workspace.findMany({
      where: workspaceIds === 'all' ? {} : { id: { in: workspaceIds } },
      orderBy: { id: 'asc' },
    }),
  ]);
  return {
    user: user === null ? null : { id: user.id, email: user.email, name: user.name },
    role,
    workspaces: workspaces.map(({ id, name }) => ({ id, name })),
    mustChangePassword,
  };
}

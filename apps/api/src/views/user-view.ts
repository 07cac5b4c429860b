import type { UserView } from '@transcode/contracts';
import type { Prisma } from '@transcode/db';

export const USER_ROWS = {
  memberships: { orderBy: { workspaceId: 'asc' }, select: { workspace: { select: { id: true, name: true } } } },
  sessions: { orderBy: { createdAt: 'desc' }, take: 1, select: { createdAt: true } },
} as const satisfies Prisma.UserInclude;
export type UserRow = Prisma.UserGetPayload<{ include: typeof USER_ROWS }>;

export function userView(user: UserRow): UserView {
  const { id, email, name, role, mustChangePassword } = user;
  return {
    ...{ id, email, name, role, mustChangePassword },
    workspaces: user.memberships.map(({ workspace }) => workspace),
    createdAt: user.createdAt.toISOString(),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    signedInAt: user.sessions[0]?.createdAt.toISOString() ?? null,
  };
}

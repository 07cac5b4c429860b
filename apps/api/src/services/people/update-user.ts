import type { Role, UserView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { USER_ROWS, userView, type UserRow } from '../../views/user-view.ts';
import { audit } from '../audit/audit.ts';
import { changedValues } from '../audit/changed-values.ts';
import { demandWorkspaces } from '../workspaces/demand-workspaces.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { found } from '../workspaces/visible.ts';

export interface UserChange {
  readonly id: string;
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly workspaceIds?: readonly string[] | undefined;
}

/** Changes what is given of an account and leaves the rest. What it may do changes with its next request. */
export async function updateUser(
  { services, identity }: SignedInContext,
  { id, name, role, workspaceIds }: UserChange,
): Promise<UserView> {
  const view = await services.db.$transaction(async (tx) => {
    if (role !== undefined && role !== 'admin') await keepAnAdmin(tx, id);
    // Two who give at once would give the same twice.
    await tx.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${id}::uuid FOR UPDATE`;
    const before = found(await tx.user.findUnique({ where: { id }, include: USER_ROWS }), 'user');
    const memberships =
      workspaceIds === undefined
        ? {}
        : {
            memberships: {
              deleteMany: {},
              create: (await demandWorkspaces(tx, workspaceIds)).map((one) => ({ workspaceId: one.id })),
            },
          };
    const after = await tx.user.update({
      where: { id },
      data: { ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }), ...memberships },
      include: USER_ROWS,
    });
    const changed = changedValues(valuesOf(before), valuesOf(after));
    if (changed !== undefined) {
      await audit(tx, identity, { action: 'user.update', target: id, details: { name: after.email, ...changed } });
    }
    return userView(after);
  });
  services.authenticator.forget();
  return view;
}

function valuesOf({ name, role, memberships }: UserRow): { name: string; role: Role; workspaces: string[] } {
  return { name, role, workspaces: memberships.map(({ workspace }) => workspace.name) };
}

import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { KeyView, Role } from '@transcode/contracts';
import type { ApiKey } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { audit } from './audit.ts';
import { makeKey } from './make-key.ts';
import { found, visibleTo } from './visible.ts';

function keyView(row: ApiKey): KeyView {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    workspaceId: row.workspaceId,
    prefix: row.prefix,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

/** Below admin one sees and revokes the keys one made oneself. */
function ownKeys({ identity }: SignedInContext): { createdById?: string; workspaceId?: { in: string[] } } {
  const visible = visibleTo(identity);
  return roleAtLeast(identity.role, 'admin') ? visible : { ...visible, createdById: identity.id };
}

export async function listKeys(context: SignedInContext): Promise<KeyView[]> {
  const rows = await context.services.db.apiKey.findMany({
    where: { ...ownKeys(context), revokedAt: null },
    orderBy: { id: 'desc' },
  });
  return rows.map(keyView);
}

async function homeOf({ services, identity }: SignedInContext): Promise<string> {
  const { workspaceIds } = identity;
  const first = await services.db.workspace.findFirst({
    where: workspaceIds === 'all' ? {} : { id: { in: workspaceIds } },
    orderBy: { id: 'asc' },
  });
  return found(first, 'workspace').id;
}

interface WantedKey {
  readonly name: string;
  readonly role: Role;
  readonly workspaceId?: string | undefined;
}

export async function createKey(context: SignedInContext, wanted: WantedKey): Promise<KeyView & { key: string }> {
  const { identity, services } = context;
  if (!roleAtLeast(identity.role, wanted.role)) throw new TranscodeError('forbidden', { role: wanted.role });
  const workspaceId = wanted.workspaceId ?? (await homeOf(context));
  if (identity.workspaceIds !== 'all' && !identity.workspaceIds.includes(workspaceId)) {
    throw new TranscodeError('not_found', { what: 'workspace' });
  }
  const createdById = identity.kind === 'user' ? identity.id : null;
  return services.db.$transaction(async (tx) => {
    found(await tx.workspace.findUnique({ where: { id: workspaceId } }), 'workspace');
    const { row, key } = await makeKey(tx, { name: wanted.name, role: wanted.role, workspaceId, createdById });
    const details = { name: row.name, role: row.role };
    await audit(tx, identity, { action: 'key.create', target: row.id, workspaceId, details });
    return { ...keyView(row), key };
  });
}

export async function revokeKey(context: SignedInContext, id: string): Promise<void> {
  const { identity, services } = context;
  await services.db.$transaction(async (tx) => {
    const row = found(await tx.apiKey.findFirst({ where: { id, ...ownKeys(context), revokedAt: null } }), 'key');
    await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    const { workspaceId, name } = row;
    await audit(tx, identity, { action: 'key.revoke', target: id, workspaceId, details: { name } });
  });
  services.authenticator.forget();
}

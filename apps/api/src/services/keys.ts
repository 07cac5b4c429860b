import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { KeyView, Role } from '@transcode/contracts';
import type { ApiKey } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { audit } from './audit.ts';
import { makeKey } from './make-key.ts';
import { found, visibleTo } from './visible.ts';
import { workspaceFor } from './workspace-for.ts';

const ROWS = { createdBy: { select: { id: true, name: true } } } as const;
type KeyRow = ApiKey & { createdBy: { id: string; name: string } | null };

function keyView(row: KeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    workspaceId: row.workspaceId,
    prefix: row.prefix,
    createdBy: row.createdBy,
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
    include: ROWS,
  });
  return rows.map(keyView);
}

interface WantedKey {
  readonly name: string;
  readonly role: Role;
  readonly workspaceId?: string | undefined;
}

export async function createKey(context: SignedInContext, wanted: WantedKey): Promise<KeyView & { key: string }> {
  const { identity, services } = context;
  if (!roleAtLeast(identity.role, wanted.role)) throw new TranscodeError('forbidden', { role: wanted.role });
  const workspaceId = await workspaceFor(context, wanted.workspaceId);
  const createdById = identity.kind === 'user' ? identity.id : null;
  return services.db.$transaction(async (tx) => {
    const { row, key } = await makeKey(tx, { name: wanted.name, role: wanted.role, workspaceId, createdById });
    const createdBy =
      createdById === null ? null : await tx.user.findUnique({ where: { id: createdById }, ...ROWS.createdBy });
    const details = { name: row.name, after: { role: row.role } };
    await audit(tx, identity, { action: 'key.create', target: row.id, workspaceId, details });
    return { ...keyView({ ...row, createdBy }), key };
  });
}

export async function revokeKey(context: SignedInContext, id: string): Promise<void> {
  const { identity, services } = context;
  await services.db.$transaction(async (tx) => {
    const row = found(await tx.apiKey.findFirst({ where: { id, ...ownKeys(context), revokedAt: null } }), 'key');
    await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    const { workspaceId, name, role } = row;
    await audit(tx, identity, { action: 'key.revoke', target: id, workspaceId, details: { name, before: { role } } });
  });
  services.authenticator.forget();
}

import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { KeyReach, KeyView, Role } from '@transcode/contracts';
import { findApiKeys, KEY_CHAIN_MAX, revokeApiKey } from '@transcode/db';
import type { ApiKey, Prisma, Transaction } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import type { Identity } from '../../identity/principal.ts';
import { audit } from '../audit/audit.ts';
import { makeKey } from './make-key.ts';
import { demandChanged, found, visibleTo } from '../workspaces/visible.ts';
import { workspaceFor } from '../workspaces/workspace-for.ts';

const ROWS = { createdBy: { select: { id: true, name: true } } } as const;
type KeyRow = ApiKey & { createdBy: { id: string; name: string } | null };

function keyView(row: KeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    reach: row.reach,
    workspaceId: row.workspaceId,
    prefix: row.prefix,
    createdBy: row.createdBy,
    parentId: row.parentId,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

/**
 * Below admin a person sees and revokes the keys that they are behind, and a key those that it made itself. No key sees one that
 * reaches further.
 */
function ownKeys({ identity }: SignedInContext): Prisma.ApiKeyWhereInput {
  const { kind, id, role, workspaceIds } = identity;
  const visible: Prisma.ApiKeyWhereInput = {
    ...visibleTo(identity),
    ...(kind === 'key' && workspaceIds !== 'all' ? { reach: 'workspace' } : {}),
  };
  if (roleAtLeast(role, 'admin')) return visible;
  return kind === 'user' ? { ...visible, createdById: id } : { ...visible, parentId: id };
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
  readonly reach: KeyReach;
  readonly workspaceId?: string | undefined;
}

export async function createKey(context: SignedInContext, wanted: WantedKey): Promise<KeyView & { key: string }> {
  const { identity, services } = context;
  const { name, role, reach } = wanted;
  if (!roleAtLeast(identity.role, role)) throw new TranscodeError('forbidden', { role });
  if (reach === 'all') demandAdministrator(identity);
  const workspaceId = await workspaceFor(services.db, identity, wanted.workspaceId);
  return services.db.$transaction(async (tx) => {
    const behind = await whoIsBehind(tx, identity);
    const { row, key } = await makeKey(tx, { name, role, reach, workspaceId, behind });
    const { createdBy } = await tx.apiKey.findUniqueOrThrow({ where: { id: row.id }, include: ROWS });
    const details = { name, after: { role, reach } };
    await audit(tx, identity, { action: 'key.create', target: row.id, workspaceId, details });
    return { ...keyView({ ...row, createdBy }), key };
  });
}

/** A key that reaches all workspaces is a person's decision, whatever the key that asks for it may do. */
function demandAdministrator({ kind, role }: Identity): void {
  if (kind !== 'user') throw new TranscodeError('person_required');
  if (!roleAtLeast(role, 'admin')) throw new TranscodeError('forbidden', { role: 'admin' });
}

async function whoIsBehind(
  tx: Transaction,
  { kind, id }: Identity,
): Promise<{ createdById: string | null; parentId: string | null }> {
  if (kind === 'user') return { createdById: id, parentId: null };
  const { createdById, secretHash } = await tx.apiKey.findUniqueOrThrow({ where: { id } });
  const [parent] = await findApiKeys(tx, [secretHash]);
  if (parent === undefined) throw new TranscodeError('unauthenticated');
  if (parent.chain >= KEY_CHAIN_MAX) {
    const reason = `This key was made by a key that a key made, ${KEY_CHAIN_MAX} in a row. Make the next with one further up`;
    throw new TranscodeError('conflict', { reason });
  }
  return { createdById, parentId: id };
}

/** What was made with it ends with it. */
export async function revokeKey(context: SignedInContext, id: string): Promise<void> {
  const { identity, services } = context;
  await services.db.$transaction(async (tx) => {
    const row = found(await tx.apiKey.findFirst({ where: { id, ...ownKeys(context), revokedAt: null } }), 'key');
    const keys = await revokeApiKey(tx, id);
    demandChanged({ count: keys }, 'key');
    const { workspaceId, name, role, reach } = row;
    const details = { name, before: { role, reach }, ...(keys > 1 ? { keys } : {}) };
    await audit(tx, identity, { action: 'key.revoke', target: id, workspaceId, details });
  });
  services.authenticator.forget();
}

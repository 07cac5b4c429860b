import { isDeepStrictEqual } from 'node:util';
import {
  RestoreInput,
  TranscodeError,
  type OperationKind,
  type OperationView,
  RestorePlanInput,
} from '@transcode/contracts';
import { askOperation, findBackupRunner, type Transaction } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import type { Identity } from '../../identity/principal.ts';
import { operationView } from '../../views/operation-view.ts';
import { audit } from '../audit/audit.ts';
import { nameOf } from '../audit/name-of.ts';

export type Wanted =
  | { readonly kind: 'backup' | 'drill' }
  | { readonly kind: 'restorePlan'; readonly input: RestorePlanInput }
  | { readonly kind: 'restore'; readonly input: RestoreInput };

/**
 * Whoever runs backups begins it within seconds. Asking for the same again while it is open shows that one; of each kind there is one at a
 * time.
 */
export async function askFor({ services, identity }: SignedInContext, wanted: Wanted): Promise<OperationView> {
  const { db } = services;
  if ((await findBackupRunner(db)) === undefined) throw new TranscodeError('backup_runner_missing');
  const input = 'input' in wanted ? { input: wanted.input } : {};
  return db.$transaction(async (tx) => {
    const by = await nameOf(tx, identity);
    const { operation, isNew } = await askOperation(tx, { kind: wanted.kind, by, ...input });
    if (isNew) await writeDown(tx, identity, { id: operation.id, wanted });
    else if (!isSame(operation.input, input.input ?? null)) throw new TranscodeError('restore_running');
    return operationView(operation);
  });
}

/** Whoever asks for it. */
const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(withoutAsker(one), withoutAsker(other));

const withoutAsker = (input: unknown): unknown =>
  typeof input === 'object' && input !== null ? { ...input, by: undefined } : input;

async function writeDown(
  tx: Transaction,
  identity: Identity,
  { id, wanted }: { id: string; wanted: Wanted },
): Promise<void> {
  if (wanted.kind === 'restore') {
    const { videoId, workspaceId, title: name, backup } = wanted.input;
    const details = { name, after: { backup } };
    await audit(tx, identity, { action: 'backups.restore', target: videoId, workspaceId, details });
  } else if (wanted.kind === 'restorePlan') {
    await audit(tx, identity, { action: 'backups.planRestore', target: id });
  } else await audit(tx, identity, { action: 'backups.run', target: id, details: { after: { kind: wanted.kind } } });
}

/** What was wanted by then, as somebody wants it now; undefined where nobody knows any more. */
export function wantedAgain(
  { kind, input }: { kind: OperationKind; input: unknown },
  by: RestoreInput['by'],
): Wanted | undefined {
  if (kind === 'backup' || kind === 'drill') return { kind };
  if (input === null) return undefined;
  if (kind === 'restorePlan') return { kind, input: RestorePlanInput.parse(input) };
  return { kind, input: { ...RestoreInput.parse(input), by } };
}

import { TranscodeError, type ErasureView } from '@transcode/contracts';
import { askErasure, closeWorkspace } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { demandConfirmed } from '../erasures/demand-confirmed.ts';
import { readErasure } from '../erasures/erasures.ts';
import { found } from './visible.ts';

/**
 * From the answer on it is not there for anybody; what is in it is given up and removed by the reconciler, which ends the receipt. Accounts
 * that belonged to it stay.
 */
export async function eraseWorkspace(
  context: SignedInContext,
  { id, confirm }: { id: string; confirm: string },
): Promise<ErasureView> {
  const { services, identity } = context;
  const erasure = await services.db.$transaction(async (tx) => {
    // Of two who erase the last two at the same moment one is refused.
    const there = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT "id", "name" FROM "Workspace" WHERE "erasingAt" IS NULL ORDER BY "id" FOR UPDATE`;
    const workspace = found(
      there.find((one) => one.id === id),
      'workspace',
    );
    demandConfirmed(confirm, workspace.name, { what: 'name', undone: 'Nothing was erased' });
    if (there.length === 1)
      throw new TranscodeError('conflict', { reason: 'This is the only workspace. Make another one first' });
    const asked = await askErasure(tx, { kind: 'workspace', subjectId: id, by: identity });
    await audit(tx, identity, { action: 'erasure.workspace', target: id });
    await closeWorkspace(tx, id);
    return asked;
  });
  services.authenticator.forget();
  return readErasure(context, erasure.id);
}

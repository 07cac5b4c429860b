import type { OperationView } from '@transcode/contracts';
import { cancelOperation as cancelInDatabase } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { operationView } from '../../views/operation-view.ts';
import { audit } from '../audit/audit.ts';
import { nameOf } from '../audit/name-of.ts';
import { found } from '../workspaces/visible.ts';

/** What waits is over at once, what runs within seconds. What had ended by then stays as it is. */
export async function cancelOperation({ services, identity }: SignedInContext, id: string): Promise<OperationView> {
  return services.db.$transaction(async (tx) => {
    const canceled = await cancelInDatabase(tx, { id, by: await nameOf(tx, identity) });
    if (canceled === undefined)
      return operationView(found(await tx.operation.findUnique({ where: { id } }), 'operation'));
    const details = { before: { kind: canceled.kind } };
    await audit(tx, identity, { action: 'backups.cancel', target: id, details });
    return operationView(canceled);
  });
}

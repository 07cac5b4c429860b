import { TranscodeError, type OperationKind, type OperationView } from '@transcode/contracts';
import { askOperation, cancelOperation, findBackupRunner } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { operationView } from '../../views/backup-view.ts';
import { audit } from '../audit/audit.ts';
import { nameOf } from '../audit/name-of.ts';
import { found } from '../workspaces/visible.ts';

/** Whoever runs backups begins it within seconds. Asking again while one of its kind is open shows that one. */
export async function runBackup({ services, identity }: SignedInContext, kind: OperationKind): Promise<OperationView> {
  const { db } = services;
  if ((await findBackupRunner(db)) === undefined) throw new TranscodeError('backup_runner_missing');
  return db.$transaction(async (tx) => {
    const { operation, isNew } = await askOperation(tx, { kind, by: await nameOf(tx, identity) });
    if (isNew) await audit(tx, identity, { action: 'backups.run', target: operation.id, details: { after: { kind } } });
    return operationView(operation);
  });
}

/** What waits is over at once, what runs within seconds. What had ended by then stays as it is. */
export async function cancelBackup({ services, identity }: SignedInContext, id: string): Promise<OperationView> {
  return services.db.$transaction(async (tx) => {
    const canceled = await cancelOperation(tx, { id, by: await nameOf(tx, identity) });
    if (canceled === undefined)
      return operationView(found(await tx.operation.findUnique({ where: { id } }), 'backup or drill'));
    const details = { before: { kind: canceled.kind } };
    await audit(tx, identity, { action: 'backups.cancel', target: id, details });
    return operationView(canceled);
  });
}

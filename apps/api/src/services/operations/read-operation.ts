import type { OperationView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { operationView } from '../../views/operation-view.ts';
import { found } from '../workspaces/visible.ts';

export async function readOperation({ services: { db } }: SignedInContext, id: string): Promise<OperationView> {
  return operationView(found(await db.operation.findUnique({ where: { id } }), 'operation'));
}

import { TranscodeError, type OperationView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { found } from '../workspaces/visible.ts';
import { askFor, wantedAgain } from './ask-for.ts';

/** The same once more, asked for by whoever asks now. */
export async function retryOperation(context: SignedInContext, id: string): Promise<OperationView> {
  const { services, identity } = context;
  const operation = found(await services.db.operation.findUnique({ where: { id } }), 'operation');
  if (operation.state !== 'failed' && operation.state !== 'canceled')
    throw new TranscodeError('conflict', { reason: 'Only what failed or was stopped is done once more' });
  const wanted = wantedAgain(operation, { kind: identity.kind, id: identity.id });
  if (wanted === undefined) throw new TranscodeError('conflict', { reason: 'What it was about was erased' });
  return askFor(context, wanted);
}

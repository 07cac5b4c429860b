import type { MetricLabels } from '@transcode/contracts';
import { keptTraceId } from '../traces/span-ids.ts';
import { beginSpan, type RunningSpan } from '../traces/span.ts';
import { tellFailure } from './log-failed-operations.ts';
import { measureOperation } from './measure-operation.ts';

type StorageLabels = MetricLabels<'storageOperationSeconds'>;

/** What a process asks of what it stands on. */
export type Operation =
  | { readonly of: 'storage'; readonly kind: StorageLabels['kind']; readonly operation: StorageLabels['operation'] }
  | { readonly of: 'database'; readonly operation: MetricLabels<'databaseOperationSeconds'>['operation'] };

/** Says that an operation begins; what it returns says that it is over, and why it failed where it did. */
export function beginOperation(operation: Operation): (error?: unknown) => void {
  const began = performance.now();
  const span = spanOf(operation);
  // An answer comes over a connection that somebody else may have opened, and what is under way then is theirs.
  const traceId = keptTraceId() ?? null;
  return (error) => {
    if (error !== undefined) span.fail(error);
    span.end();
    const seconds = (performance.now() - began) / 1000;
    measureOperation(operation, { seconds, error, traceId });
    if (error !== undefined) tellFailure({ operation, seconds, error });
  };
}

/** Does what an operation is, and says when it is over. */
export async function operate<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  const end = beginOperation(operation);
  try {
    const value = await work();
    end();
    return value;
  } catch (error) {
    end(error);
    throw error;
  }
}

function spanOf(operation: Operation): RunningSpan {
  if (operation.of === 'storage') {
    const { kind, operation: name } = operation;
    const attributes = { 'transcode.storage.kind': kind, 'transcode.storage.operation': name };
    return beginSpan('storage', {
      title: `storage ${name}`,
      kind: 'CLIENT',
      service: 'storage',
      attributes,
      onlyWithin: true,
    });
  }
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation.operation };
  const title = `postgres ${operation.operation}`;
  return beginSpan('database', { title, kind: 'CLIENT', service: 'postgres', attributes, onlyWithin: true });
}

import { channel } from 'node:diagnostics_channel';
import type { LogFields } from '@transcode/contracts';
import type { Logger } from '../logs/logger.ts';
import { isStorageFailure } from './measure-operation.ts';
import type { Operation } from './operation.ts';

interface Failure {
  readonly operation: Operation;
  readonly seconds: number;
  readonly error: unknown;
}

const FAILED = channel('transcode:operation-failed');
/** While something is away each of the same is told once in so long, in milliseconds, with how many there were. */
const TOLD_EVERY_MS = 5_000;

export function tellFailure(failure: Failure): void {
  if (FAILED.hasSubscribers) FAILED.publish(failure);
}

/** Has each operation logged that failed. Returns how to end that. */
export function logFailedOperations(log: Logger): () => void {
  const told = new Map<string, { at: number; untold: number }>();
  const hear = (message: unknown): void => {
    const { operation, seconds, error } = message as Failure;
    if (operation.of === 'storage' && !isStorageFailure(error)) return;
    const key = `${operation.of} ${operation.operation}`;
    const { at, untold } = told.get(key) ?? { at: -Infinity, untold: 0 };
    if (performance.now() - at < TOLD_EVERY_MS) {
      told.set(key, { at, untold: untold + 1 });
      return;
    }
    told.set(key, { at: performance.now(), untold: 0 });
    const fields = {
      operation: operation.operation,
      seconds: Number(seconds.toFixed(3)),
      err: error,
      count: untold + 1,
    } satisfies LogFields;
    if (operation.of === 'storage')
      log.event('warn', 'storage_failed', { ...fields, kind: operation.kind }, 'An operation on storage failed');
    else log.event('warn', 'database_failed', fields, 'A statement failed');
  };
  FAILED.subscribe(hear);
  return () => {
    FAILED.unsubscribe(hear);
  };
}

import { ERRORS, TranscodeError, type MetricLabels } from '@transcode/contracts';
import { measure } from '../measure.ts';
import type { Operation } from './operation.ts';

/** Postgres' own names of what has to be tried again because of somebody else: could not serialize, deadlock, lock not had. */
const CONFLICTS = new Set(['40001', '40P01', '55P03']);
const CONNECTION = /^(?:08|53|57P|E[A-Z]+$)/;

interface Ended {
  readonly seconds: number;
  /** Undefined where it succeeded. */
  readonly error: unknown;
  readonly traceId: string | null;
}

/** Measures one that is over. */
export function measureOperation(operation: Operation, { seconds, error, traceId }: Ended): void {
  if (operation.of === 'storage') {
    const labels = { kind: operation.kind, operation: operation.operation };
    measure.observe('storageOperationSeconds', labels, seconds, traceId);
    if (isStorageFailure(error)) measure.count('storageErrorsTotal', labels);
    return;
  }
  measure.observe('databaseOperationSeconds', { operation: operation.operation }, seconds, traceId);
  if (error !== undefined) measure.count('databaseErrorsTotal', { kind: databaseErrorKind(error) });
}

/** What was asked wrongly, or is not there, is told to who asked, and storage is well. */
export function isStorageFailure(error: unknown): boolean {
  if (error === undefined) return false;
  return !(error instanceof TranscodeError) || ERRORS[error.code].status >= 500;
}

function databaseErrorKind(error: unknown): MetricLabels<'databaseErrorsTotal'>['kind'] {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (CONFLICTS.has(code)) return 'conflict';
  // The driver says without a code that a connection ended.
  return code === '' || CONNECTION.test(code) ? 'connection' : 'other';
}

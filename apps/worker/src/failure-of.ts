import { TranscodeError } from '@transcode/contracts';
import type { TaskFailure } from '@transcode/db';

/** Codes of Node and Postgres for things around the work, by what they mean for the task. */
const AROUND: Readonly<Record<string, ConstructorParameters<typeof TranscodeError>[0]>> = {
  ENOSPC: 'scratch_full',
  EDQUOT: 'scratch_full',
  ECONNREFUSED: 'storage_unavailable',
  ECONNRESET: 'storage_unavailable',
  ETIMEDOUT: 'storage_unavailable',
  EPIPE: 'storage_unavailable',
  P1001: 'database_unavailable',
  P1002: 'database_unavailable',
  P1008: 'database_unavailable',
  P1017: 'database_unavailable',
  P2024: 'database_unavailable',
};

/** What the database is told of an error: whose fault it was decides whether the task is tried again. */
export function failureOf(error: unknown): TaskFailure {
  const known = asTranscodeError(error);
  return { code: known.code, text: known.message, tail: known.tail };
}

function asTranscodeError(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const around = AROUND[code];
  if (around !== undefined) return new TranscodeError(around, { reason }, { cause: error });
  const tail = error instanceof Error ? error.stack : undefined;
  return new TranscodeError('stage_failed', { reason }, { cause: error, ...(tail === undefined ? {} : { tail }) });
}

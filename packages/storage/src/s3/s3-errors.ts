import { S3ServiceException } from '@aws-sdk/client-s3';
import { BrokenInvariant, TranscodeError } from '@transcode/contracts';

const MISSING = new Set(['NoSuchKey', 'NotFound']);
const TAKEN = 'PreconditionFailed';
const FULL = new Set(['InsufficientStorage', 'XMinioStorageFull', 'QuotaExceeded', 'EntityTooLarge']);

export function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && MISSING.has(error.name);
}

/** The object was there before us. One that comes into being at this moment (`ConditionalRequestConflict`) is to be tried again. */
export function isTaken(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === TAKEN;
}

/** What the S3 server says, or its silence, in the registry's words. */
export function s3Error(error: unknown): TranscodeError | BrokenInvariant {
  if (error instanceof TranscodeError || error instanceof BrokenInvariant) return error;
  if (isMissing(error)) return new TranscodeError('not_found', { what: 'object' }, { cause: error });
  if (isTaken(error)) return new TranscodeError('conflict', { reason: 'The object exists already' }, { cause: error });
  if (error instanceof S3ServiceException && (FULL.has(error.name) || error.$metadata.httpStatusCode === 507))
    return new TranscodeError('storage_full', {}, { cause: error });
  if (isArchived(error)) return new TranscodeError('storage_archived', {}, { cause: error });
  return unavailable(reasonOf(error), error);
}

/** It is in a class from which nothing is read before it is restored, such as Glacier. */
function isArchived(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'InvalidObjectState';
}

export function unavailable(reason: string, cause: unknown): TranscodeError {
  return new TranscodeError('storage_unavailable', { reason }, { cause });
}

export async function guarded<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw s3Error(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' || error.message.includes(error.name)
    ? error.message
    : `${error.name} ${error.message}`.trim();
}

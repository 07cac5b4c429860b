import { BrokenInvariant, TranscodeError } from '@transcode/contracts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

export async function guarded<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileError(error);
  }
}

/** What the file system says, in the registry's words. */
export function fileError(error: unknown): TranscodeError | BrokenInvariant {
  if (error instanceof TranscodeError || error instanceof BrokenInvariant) return error;
  if (isErrno(error, ...FULL)) return new TranscodeError('storage_full', {}, { cause: error });
  if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR'))
    return new TranscodeError('not_found', { what: 'object' }, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new TranscodeError('storage_unavailable', { reason }, { cause: error });
}

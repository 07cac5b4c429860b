/** Narrows to the errors of Node's own system calls, whose `code` says which it was. */
export function isErrnoException(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

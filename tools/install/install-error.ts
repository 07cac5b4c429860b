/** An installation that cannot go on, in a sentence that says what to do. */
export class InstallError extends Error {
  readonly tail: string;

  constructor(message: string, options: { tail?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'InstallError';
    this.tail = options.tail ?? '';
  }
}

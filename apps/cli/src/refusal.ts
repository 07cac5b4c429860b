import { ServerStartError, MissingToolError } from '@transcode/servers';
import { TranscodeError } from '@transcode/contracts';

/** A command that cannot do what was asked, in a sentence that says what to do. */
export class Refusal extends Error {
  readonly tail: string;

  constructor(message: string, options: { tail?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.tail = options.tail ?? '';
  }
}

interface Explained {
  sentence: string;
  tail: string;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Make room and try again.',
  EDQUOT: 'Your disk quota is used up. Make room and try again.',
  EROFS: 'The disk is read-only here. Choose another folder with --data.',
  EACCES: 'You may not write here. Choose another folder with --data.',
  EPERM: 'You may not write here. Choose another folder with --data.',
  EMFILE: 'Too many files are open. Raise the limit (ulimit -n) and try again.',
  ENAMETOOLONG: 'The path is too long. Choose a shorter folder with --data.',
};

/** What to tell of a failure; undefined for one that nobody foresaw, whose stack is the best to show. */
export function explain(error: unknown): Explained | undefined {
  if (error instanceof Refusal || error instanceof ServerStartError)
    return { sentence: error.message, tail: error.tail };
  if (error instanceof TranscodeError) return { sentence: error.message, tail: error.tail ?? '' };
  if (error instanceof MissingToolError) return { sentence: error.message, tail: '' };
  if (!(error instanceof Error)) return undefined;
  const sentence = SYSTEM_ERRORS[systemCode(error) ?? ''];
  if (sentence === undefined) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : '';
  return { sentence: `${sentence}${path}`, tail: '' };
}

/** The same of anything: of what nobody foresaw, its message. */
export const sentenceOf = (error: unknown): string =>
  explain(error)?.sentence ?? (error instanceof Error ? error.message : String(error));

export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

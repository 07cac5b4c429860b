import { ERRORS, type ErrorCode } from './error-registry.ts';
import type { Blame, ErrorShape } from './error-shape.ts';

type Details = Readonly<Record<string, string | number>>;

/** The one error that crosses our boundaries: a code of the registry, and the details its sentence names. */
export class TranscodeError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;
  /** Something longer for the expert, such as the last lines of ffmpeg. Never shown as the message. */
  readonly tail: string | undefined;

  constructor(code: ErrorCode, details: Details = {}, options: { cause?: unknown; tail?: string } = {}) {
    super(sentenceOf(code, details), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TranscodeError';
    this.code = code;
    this.details = details;
    this.tail = options.tail;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  get blame(): Blame {
    return ERRORS[this.code].blame;
  }
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERRORS, value);
}

const REGISTRY: Readonly<Record<string, ErrorShape>> = ERRORS;

/** A failure for whoever sees nothing of the machines. One of a code that nobody knows any more is told as it was written down. */
export function plainSentenceOf(code: string, told: string): string {
  return isErrorCode(code) ? (REGISTRY[code]?.plainly ?? told) : told;
}

/** Whether it ended for what the file is, or for what was asked of it: trying again would end the same way. */
export function isTheFilesFault(code: string): boolean {
  return isErrorCode(code) && ERRORS[code].blame === 'input' && code !== 'canceled';
}

/** The registry's sentence with `{name}` filled in; a detail that is missing is left out. */
export function sentenceOf(code: ErrorCode, details: Details = {}): string {
  return ERRORS[code].sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '…'));
}

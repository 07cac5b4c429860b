import { isTheFilesFault, TranscodeError, type ErrorCode } from '@transcode/contracts';
import { isDatabaseUnavailable, type TaskFailure } from '@transcode/db';

/** Codes of Node, undici and the AWS SDK for things around the work, by what they mean for the task. */
const AROUND: Readonly<Record<string, ErrorCode>> = {
  ...meaning('scratch_full', ['ENOSPC', 'EDQUOT']),
  ...meaning('worker_exhausted', ['ENOMEM', 'EAGAIN', 'EMFILE', 'ENFILE', 'ERR_WORKER_OUT_OF_MEMORY']),
  ...meaning('storage_unavailable', [
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'EIO', 'ESTALE'],
    ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
    ...['ERR_STREAM_PREMATURE_CLOSE', 'TimeoutError', 'NetworkingError', 'RequestTimeout', 'SlowDown'],
  ]),
};

/** How deep we look for what an error was caused by. */
const DEEPEST = 8;

function meaning(code: ErrorCode, names: readonly string[]): Record<string, ErrorCode> {
  return Object.fromEntries(names.map((name) => [name, code]));
}

/** What the database is told of an error: whose fault it was decides whether the task is tried again. */
export function failureOf(error: unknown): TaskFailure {
  const known = toTranscodeError(error);
  return { code: known.code, text: known.message, tail: known.tail };
}

/** Something around the work, however deep down, explains a failure that looks like the work's own. */
export function toTranscodeError(error: unknown): TranscodeError {
  // Nobody else writes to keys of a claim, unless tokens begin again, as after a restore: the next claim has other keys.
  if (error instanceof TranscodeError && error.code === 'conflict')
    return new TranscodeError('storage_unavailable', { reason: error.message }, { cause: error });
  // Nobody asked: what a request would be to blame for is ours here, and no file's fault.
  if (error instanceof TranscodeError && error.blame === 'input' && !isOfTheJourney(error.code)) return ours(error);
  if (error instanceof TranscodeError && error.blame !== 'work') return error;
  for (const cause of withCauses(error)) {
    const around = aroundTheWork(cause);
    if (around !== undefined) return around;
  }
  if (error instanceof TranscodeError) return error;
  return ours(error);
}

/** What a source, what a preset demands of it, or somebody who canceled can end a task with. */
function isOfTheJourney(code: ErrorCode): boolean {
  return code === 'canceled' || code === 'quality_below_floor' || (code.startsWith('source_') && isTheFilesFault(code));
}

function ours(error: unknown): TranscodeError {
  const tail = error instanceof Error ? error.stack : undefined;
  const reason = reasonOf(error).replace(/\.$/, '');
  return new TranscodeError('stage_failed', { reason }, { cause: error, ...(tail === undefined ? {} : { tail }) });
}

function aroundTheWork(error: unknown): TranscodeError | undefined {
  if (error instanceof TranscodeError) return error.blame === 'infra' || error.blame === 'outage' ? error : undefined;
  if (isDatabaseUnavailable(error)) return new TranscodeError('database_unavailable', {}, { cause: error });
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  // A program that is not there, or is none; ENOMEM and the like mean the same as everywhere.
  const noProgram = syscall.startsWith('spawn') && AROUND[code] === undefined;
  const meant = noProgram ? 'no_encoder' : (AROUND[code] ?? AROUND[error.name]);
  return meant === undefined ? undefined : new TranscodeError(meant, { reason: reasonOf(error) }, { cause: error });
}

/** An error, what caused it, and what caused that; of several at once, each. */
function* withCauses(error: unknown, depth = 0): Generator {
  if (error === undefined || error === null || depth > DEEPEST) return;
  yield error;
  if (error instanceof AggregateError) for (const each of error.errors) yield* withCauses(each, depth + 1);
  if (error instanceof Error) yield* withCauses(error.cause, depth + 1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's error for a name with several addresses says nothing itself.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return error.message === '' && first !== undefined ? reasonOf(first) : error.message;
}

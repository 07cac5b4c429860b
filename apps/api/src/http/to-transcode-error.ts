import { TranscodeError } from '@transcode/contracts';
import { isDatabaseUnavailable } from '@transcode/db';
import { TRPCError } from '@trpc/server';
import * as z from 'zod';

type Wrap = (error: Error) => TranscodeError;

const badRequest = (reason: string, cause: Error): TranscodeError =>
  new TranscodeError('bad_request', { reason }, { cause });

/** What Fastify and tRPC throw before a procedure is reached, in our words. */
const FOREIGN: Readonly<Record<string, Wrap>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (cause) => new TranscodeError('payload_too_large', { limit: '1 MiB' }, { cause }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause) =>
    new TranscodeError('unsupported_media_type', { expected: 'application/json' }, { cause }),
  FST_ERR_CTP_INVALID_JSON_BODY: (cause) => badRequest('the body is not JSON', cause),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: (cause) => badRequest('the body is not as long as it says', cause),
  FST_ERR_BAD_URL: (cause) => badRequest('the address is not well formed', cause),
  PARSE_ERROR: (cause) => badRequest('the body is not JSON', cause),
  BAD_REQUEST: (cause) => badRequest(cause.message, cause),
  NOT_FOUND: (cause) => new TranscodeError('not_found', { what: 'procedure' }, { cause }),
  METHOD_NOT_SUPPORTED: (cause) => new TranscodeError('method_not_allowed', { method: 'method' }, { cause }),
  PAYLOAD_TOO_LARGE: (cause) => new TranscodeError('payload_too_large', { limit: '1 MiB' }, { cause }),
  UNSUPPORTED_MEDIA_TYPE: (cause) =>
    new TranscodeError('unsupported_media_type', { expected: 'application/json' }, { cause }),
};

function reasonOf(error: z.ZodError): string {
  const [first] = error.issues;
  if (first === undefined) return 'it could not be read';
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`;
}

/** Any thrown thing as the one error that is told to the outside; what nobody foresaw becomes `internal`. */
export function toTranscodeError(thrown: unknown, requestId: string): TranscodeError {
  if (thrown instanceof TranscodeError) return thrown;
  if (thrown instanceof TRPCError) {
    if (thrown.cause instanceof TranscodeError) return thrown.cause;
    if (thrown.cause instanceof z.ZodError && thrown.code === 'BAD_REQUEST') {
      return badRequest(reasonOf(thrown.cause), thrown.cause);
    }
  }
  const cause = thrown instanceof TRPCError ? thrown.cause : thrown;
  if (isDatabaseUnavailable(cause)) return new TranscodeError('database_unavailable', {}, { cause });
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') {
    const wrap = FOREIGN[thrown.code];
    if (wrap !== undefined) return wrap(thrown);
  }
  const refused = Refused.safeParse(thrown).data?.statusCode;
  if (refused !== undefined && thrown instanceof Error) return refusal(refused, thrown);
  return new TranscodeError('internal', { requestId }, { cause: thrown });
}

/** What Fastify and what stands on it refuse, of whatever code: the request is to blame, and not we. */
const Refused = z.object({ statusCode: z.int().min(400).max(499) });

function refusal(status: number, cause: Error): TranscodeError {
  if (status === 404) return new TranscodeError('not_found', { what: 'address' }, { cause });
  const brokeOff = 'code' in cause && cause.code === 'ECONNRESET';
  return badRequest(brokeOff ? 'its body broke off' : 'it is not well formed', cause);
}

/** Which fields of the input were wrong, where that is what happened. */
export function issuesOf(error: TranscodeError): { path: string; message: string }[] | undefined {
  if (error.blame !== 'input' || !(error.cause instanceof z.ZodError)) return undefined;
  return error.cause.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

import type { TranscodeError } from '@transcode/contracts';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { problemOf } from './problem.ts';

type RpcCode = (typeof TRPC_ERROR_CODES_BY_KEY)[keyof typeof TRPC_ERROR_CODES_BY_KEY];

/** An error as tRPC's clients read it. */
export function errorShape(
  error: TranscodeError,
  { requestId, path }: { requestId: string; path: string | undefined },
) {
  const { code, detail, status, retryable, issues } = problemOf(error, requestId);
  return {
    message: detail,
    code: rpcCodeOf(status),
    data: { code, sentence: detail, httpStatus: status, retryable, requestId, issues, path },
  };
}

/** JSON-RPC's number for a status. Clients open a broken subscription again for that of 500 only. */
function rpcCodeOf(status: number): RpcCode {
  if (status >= 500) return TRPC_ERROR_CODES_BY_KEY.INTERNAL_SERVER_ERROR;
  if (status === 401) return TRPC_ERROR_CODES_BY_KEY.UNAUTHORIZED;
  if (status === 403) return TRPC_ERROR_CODES_BY_KEY.FORBIDDEN;
  if (status === 404) return TRPC_ERROR_CODES_BY_KEY.NOT_FOUND;
  if (status === 409) return TRPC_ERROR_CODES_BY_KEY.CONFLICT;
  if (status === 429) return TRPC_ERROR_CODES_BY_KEY.TOO_MANY_REQUESTS;
  return TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST;
}

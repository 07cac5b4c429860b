import { TRPCClientError } from '@trpc/client';

interface Explanation {
  /** What happened and what to do. */
  readonly sentence: string;
  /** HTTP status, where the API answered at all. */
  readonly status: number | undefined;
}

/** An error of the API in words for a person. The API's own sentence where it sent one. */
export function explain(error: unknown): Explanation {
  if (error instanceof TRPCClientError) {
    const status = statusOf(error.data as unknown);
    if (status !== undefined) return { sentence: error.message, status };
  }
  return { sentence: 'The server does not answer. Check your connection, then try again.', status: undefined };
}

function statusOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return undefined;
  return typeof data.httpStatus === 'number' ? data.httpStatus : undefined;
}

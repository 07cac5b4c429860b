import { TRPCClientError } from '@trpc/client';

const NO_ANSWER = { status: undefined, code: undefined };

/** What the API adds to an error of tRPC. A proxy in between may have answered instead. */
interface Facts {
  readonly httpStatus?: unknown;
  readonly code?: unknown;
}

interface Explanation {
  /** What happened and what to do. */
  readonly sentence: string;
  /** HTTP status, where the API answered at all. */
  readonly status: number | undefined;
  /** The API's name of the error. */
  readonly code: string | undefined;
}

/** An error of the API in words for a person. The API's own sentence where it sent one. */
export function explain(error: unknown): Explanation {
  if (error instanceof TRPCClientError) {
    // Without a schema, whose library would be a good part of every page.
    const { httpStatus: status, code }: Facts = error.data ?? {};
    if (typeof status === 'number') {
      return { sentence: error.message, status, code: typeof code === 'string' ? code : undefined };
    }
  }
  return { sentence: 'The server does not answer. Check your connection, then try again.', ...NO_ANSWER };
}

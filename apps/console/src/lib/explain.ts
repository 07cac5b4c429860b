import { TRPCClientError } from '@trpc/client';
import * as z from 'zod';

const Facts = z
  .object({ httpStatus: z.number().optional().catch(undefined), code: z.string().optional().catch(undefined) })
  .catch({});
const NO_ANSWER = { status: undefined, code: undefined };

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
    const { httpStatus: status, code } = Facts.parse(error.data ?? {});
    if (status !== undefined) return { sentence: error.message, status, code };
  }
  return { sentence: 'The server does not answer. Check your connection, then try again.', ...NO_ANSWER };
}

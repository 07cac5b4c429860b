import { ERRORS, type ErrorCode, type Problem } from '@transcode/contracts';
import { STATUS_CODES } from 'node:http';

/** What the tus server says by itself, by its status. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  409: 'conflict',
  410: 'upload_expired',
  413: 'payload_too_large',
};

/** A refusal of the tus server as a problem. The status is the protocol's. */
export function tusProblem(status: number, text: string, requestId: string): Problem {
  const code = CODES[status] ?? (status >= 500 ? 'internal' : 'bad_request');
  return {
    type: `urn:transcode:error:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: text.trim(),
    code,
    retryable: ERRORS[code].retryable,
    requestId,
  };
}

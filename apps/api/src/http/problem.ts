import { STATUS_CODES } from 'node:http';
import type { Problem, TranscodeError } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { issuesOf, toTranscodeError } from './to-transcode-error.ts';

export function problemOf(error: TranscodeError, requestId: string): Problem {
  const issues = issuesOf(error);
  return {
    type: `urn:transcode:error:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
    retryable: error.retryable,
    requestId,
    ...(issues === undefined ? {} : { issues }),
  };
}

const AWAY_SECONDS = '2';

/** In how many seconds it is worth asking again: what is limited knows it, and what is away is usually back soon. */
export function retryAfterOf(error: TranscodeError): string | undefined {
  if (error.code === 'too_many_requests' || error.code === 'too_busy') return String(error.details['seconds'] ?? 1);
  return error.status === 503 && error.retryable ? AWAY_SECONDS : undefined;
}

/** Answers with a problem (RFC 9457); what is not the caller's fault is logged with its cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toTranscodeError(thrown, request.id);
  measure.count('errorsTotal', { component: 'http', code: error.code });
  if (error.status >= 500) request.log.error({ err: error, request_id: request.id }, error.message);
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  const retryAfter = retryAfterOf(error);
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problemOf(error, request.id))));
}

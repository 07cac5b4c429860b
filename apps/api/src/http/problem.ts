import { STATUS_CODES } from 'node:http';
import type { Problem, TranscodeError } from '@transcode/contracts';
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

/** Answers with a problem (RFC 9457); what is not the caller's fault is logged with its cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toTranscodeError(thrown, request.id);
  if (error.status >= 500) request.log.error({ err: error, request_id: request.id }, error.message);
  if (error.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
  if (error.code === 'too_many_requests') void reply.header('retry-after', String(error.details['seconds'] ?? 1));
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problemOf(error, request.id))));
}

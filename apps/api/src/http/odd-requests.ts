import { randomUUID } from 'node:crypto';
import { maxHeaderSize, METHODS } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TranscodeError } from '@transcode/contracts';
import type { Logger } from '@transcode/telemetry';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './problem.ts';
import { refuseConnection } from './bounds/refuse-connection.ts';

/** Methods that something here takes. */
const TAKEN = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Each method that Node knows is answered in our words, however odd it is, and an expectation that nobody knows is passed over. */
export function answerOddRequests(app: FastifyInstance): void {
  for (const method of METHODS) {
    // Without a body, as nobody reads it. Node itself ends the line of a CONNECT.
    if (method !== 'CONNECT' && !TAKEN.includes(method)) app.addHttpMethod(method, { overrideExisting: true });
  }
  app.addHook('onRequest', (request, _reply, done) => {
    const reason = whatIsWrongWithHost(request.raw);
    done(reason === undefined ? undefined : new TranscodeError('bad_request', { reason }));
  });
  app.setNotFoundHandler((request, reply) => {
    void reply.header('allow', TAKEN.join(', '));
    return sendProblem(new TranscodeError('method_not_allowed', { method: request.method }), request, reply);
  });
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}

/** Who counts otherwise than we do would take another host for the one that is meant (RFC 9112, 3.2). */
function whatIsWrongWithHost({ headersDistinct, httpVersion }: IncomingMessage): string | undefined {
  const hosts = headersDistinct['host']?.length ?? 0;
  if (hosts > 1) return 'it has more than one Host';
  return hosts === 0 && httpVersion === '1.1' ? 'it has no Host' : undefined;
}

/** Answers what could not be read as HTTP, of which there is no request, as every other mistake, and closes the line. */
export function answerUnreadable(log: Logger): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const known = unreadable(error);
    log.info(
      { request_id: requestId, status: known.status, reason: error.code },
      'What came could not be read as HTTP',
    );
    refuseConnection(socket, known, requestId);
  };
}

function unreadable(cause: NodeJS.ErrnoException): TranscodeError {
  if (cause.code === 'HPE_HEADER_OVERFLOW')
    return new TranscodeError('headers_too_large', { limit: `${maxHeaderSize / 1024} KiB` }, { cause });
  if (cause.code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new TranscodeError('request_timeout', { what: 'headers' }, { cause });
  return new TranscodeError('bad_request', { reason: 'it is not HTTP/1.1 as it has to be' }, { cause });
}

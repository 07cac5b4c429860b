import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { BODY_LEAST_RATE, TranscodeError } from '@transcode/contracts';
import { refuseConnection } from './refuse-connection.ts';

/** How long a body goes on being read once its request was answered: a client that still writes would not see the answer otherwise. */
const LINGER_MS = 2_000;

/** How often it is looked within the time that a body may be silent. */
const LOOKS = 10;

interface BodyLimits {
  /** How long nothing may come. Beside it a body has as long as its bytes take at BODY_LEAST_RATE. */
  readonly idleMs: number;
  /** Bodies that are watched elsewhere until they are answered. */
  readonly except: (path: string) => boolean;
}

/** Closes connections on which a body does not come, or so slowly that it holds one for nothing; whatever the route does with it. */
export function watchBodies(server: Server, { idleMs, except }: BodyLimits): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return;
    response.once('finish', () => {
      if (request.complete) return;
      const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
      request.once('close', () => clearTimeout(timer));
    });
    if (!except(request.url ?? '')) watch(request, response, idleMs);
  });
}

function watch(request: IncomingMessage, response: ServerResponse, idleMs: number): void {
  const { socket } = request;
  const before = socket.bytesRead;
  let seen = before;
  let lookedAt = performance.now();
  let silentMs = 0;
  let takenMs = 0;
  const look = (): void => {
    const now = performance.now();
    const passedMs = now - lookedAt;
    lookedAt = now;
    // That we do not read is not the client's silence.
    if (request.isPaused() || request.readableLength > 0) return;
    silentMs = socket.bytesRead === seen ? silentMs + passedMs : 0;
    takenMs += passedMs;
    seen = socket.bytesRead;
    if (silentMs < idleMs && takenMs < idleMs + ((seen - before) / BODY_LEAST_RATE) * 1_000) return;
    stop();
    // What was answered already cannot be answered once more.
    if (response.headersSent) socket.destroy();
    else refuseConnection(socket, new TranscodeError('request_timeout', { what: 'body' }));
  };
  const timer = setInterval(() => {
    if (request.complete) stop();
    else look();
  }, idleMs / LOOKS);
  const stop = (): void => clearInterval(timer);
  request.once('close', stop);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

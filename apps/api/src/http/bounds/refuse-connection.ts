import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { TranscodeError } from '@transcode/contracts';
import { problemOf } from '../problem.ts';

/** Says why on a connection that no answer can be given on any more, or none yet, and closes it. */
export function refuseConnection(socket: Duplex, error: TranscodeError, requestId: string = randomUUID()): void {
  if (socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error, requestId);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-ID: ${requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@transcode/contracts';

/**
 * How long we go on reading a body that was refused, so that its client gets to see why. "Connection: close" would not let us:
 * Node then ends the connection with the answer, and a client that still writes sees that instead.
 */
const LINGER_MS = 2_000;

export interface Answer {
  status: number;
  headers: Headers;
  problem: Problem | undefined;
}

export function sendAnswer(req: IncomingMessage, res: ServerResponse, { status, headers, problem }: Answer): void {
  if (res.destroyed) return;
  const body = problem === undefined || req.method === 'HEAD' ? '' : JSON.stringify(problem);
  res.setHeaders(headers);
  if (problem !== undefined) {
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Type', 'application/problem+json');
  }
  if (status !== 204) res.setHeader('Content-Length', Buffer.byteLength(body));
  if (problem === undefined) res.writeHead(status);
  else res.writeHead(status, problem.title);
  res.end(body);
  if (!req.complete) linger(req);
}

function linger(req: IncomingMessage): void {
  const timer = setTimeout(() => req.socket.destroy(), LINGER_MS);
  req.once('close', () => clearTimeout(timer));
  req.resume();
}

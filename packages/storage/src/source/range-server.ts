import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { BlockCache } from './block-cache.ts';
import { parseRange } from './http-range.ts';
import type { Listen } from './listener.ts';

interface Served {
  bytes: number;
  blockBytes: number;
  cache: BlockCache;
  /** Is told why an answer broke off whose reader was still there. */
  onBroken: (error: unknown) => void;
}

export interface SourceTraffic {
  readonly bytes: number;
  /** Somebody has asked for bytes that the storage has yet to give. */
  readonly waits: boolean;
}

export interface RangeServer {
  url: string;
  enter?: readonly string[];
  traffic(): SourceTraffic;
  close(): Promise<void>;
}

/** Serves one source by ranges, below a path that nobody can guess. */
export async function startRangeServer(served: Served, listen: Listen): Promise<RangeServer> {
  const sent = { bytes: 0, waiting: 0 };
  const path = `/${randomBytes(32).toString('base64url')}`;
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (request.url !== path) answerEmpty(response, 404);
    else if (request.method !== 'GET' && request.method !== 'HEAD') answerEmpty(response, 405, { Allow: 'GET, HEAD' });
    else
      answer({ ...served, sent }, request, response, gone.signal).catch((error: unknown) => {
        // The reader has left, or sees the answer break off: it must not take a part for the whole.
        if (!gone.signal.aborted) served.onBroken(error);
        response.destroy(error instanceof Error ? error : undefined);
      });
  });
  const sockets = new Set<Socket>();
  const listener = await listen((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    server.emit('connection', socket);
  });
  return {
    url: `http://127.0.0.1:${listener.port}${path}`,
    ...(listener.enter === undefined ? {} : { enter: listener.enter }),
    traffic: () => ({ bytes: sent.bytes, waits: sent.waiting > 0 }),
    async close() {
      const closed = listener.close();
      for (const socket of sockets) socket.destroy();
      served.cache.clear();
      await closed;
    },
  };
}

function answerEmpty(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Length': 0, ...headers }).end();
}

interface Counted extends Served {
  sent: { bytes: number; waiting: number };
}

async function answer(
  served: Counted,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const range = parseRange(request.headers.range, served.bytes);
  if (range === 'none') return answerEmpty(response, 416, { 'Content-Range': `bytes */${served.bytes}` });
  const { start, end } = range === 'whole' ? { start: 0, end: served.bytes - 1 } : range;
  response.writeHead(range === 'whole' ? 200 : 206, {
    'Accept-Ranges': 'bytes',
    'Content-Type': 'application/octet-stream',
    'Content-Length': end - start + 1,
    ...(range === 'whole' ? {} : { 'Content-Range': `bytes ${start}-${end}/${served.bytes}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return undefined;
  }
  await send(served, response, start, end, signal);
  response.end();
  return undefined;
}

async function send(
  { bytes, blockBytes, cache, sent }: Counted,
  response: ServerResponse,
  start: number,
  end: number,
  signal: AbortSignal,
): Promise<void> {
  const lastBlock = Math.floor((bytes - 1) / blockBytes);
  for (let at = start; at <= end;) {
    const index = Math.floor(at / blockBytes);
    sent.waiting += 1;
    const block = await cache.block(index, signal).finally(() => (sent.waiting -= 1));
    // While this one is read, the next comes. If that fails, the read of it will tell.
    if (index < lastBlock && at > start) cache.block(index + 1, signal).catch(() => undefined);
    const offset = at - index * blockBytes;
    const piece = block.subarray(offset, Math.min(block.length, offset + end - at + 1));
    if (piece.length === 0) throw new Error('The source is shorter than it was.');
    if (!response.write(piece)) await once(response, 'drain', { signal });
    sent.bytes += piece.length;
    at += piece.length;
  }
}

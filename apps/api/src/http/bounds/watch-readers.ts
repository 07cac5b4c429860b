import type { IncomingMessage, Server, ServerResponse } from 'node:http';

interface ReaderLimits {
  /** How long nothing of an answer may be taken that is ready to be. */
  readonly idleMs: number;
  /** What is read as it is needed: a player or a download that somebody holds stays open. */
  readonly except: (path: string) => boolean;
}

/** Closes connections of those who ask and do not read: an answer that nobody takes is held for nothing, here and where it comes from. */
export function watchReaders(server: Server, { idleMs, except }: ReaderLimits): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.socket.destroyed || except(request.url ?? '')) return;
    response.setTimeout(idleMs, () => {
      const { socket } = request;
      if (socket.writableLength > 0) socket.destroy();
      // It is still being made.
      else if (!response.writableEnded) socket.setTimeout(idleMs);
    });
  });
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** So many requests wait for those before them on their connection. No browser sends a second one there before the first was answered. */
const MOST_WAITING = 16;

/**
 * Answers the requests of a connection one after another. Node itself begins with all that have come, so that whoever sends a thousand
 * in one packet, and reads no answer, would have a thousand made and held.
 */
export function inTurn(answer: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, [IncomingMessage, ServerResponse][]>();

  const begin = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    response.once('close', () => {
      const next = socket.destroyed ? undefined : lines.get(socket)?.shift();
      if (next === undefined) lines.delete(socket);
      else begin(...next);
    });
    answer(request, response);
  };

  return (request, response) => {
    const waiting = lines.get(request.socket);
    if (waiting === undefined) {
      lines.set(request.socket, []);
      begin(request, response);
    } else if (waiting.length < MOST_WAITING) waiting.push([request, response]);
    else request.socket.destroy();
  };
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { measure } from '@transcode/telemetry';

/** A client that hears nothing for the second of these connects again; in between it is told that the line is alive. */
const PING_MS = 10_000;
const CONNECTED = frame('connected', JSON.stringify({ reconnectAfterInactivityMs: 30_000 }));
const PING = frame('ping', '');
const RETURN = frame('return', '');

/** What was told once is told to the next client in the same bytes. */
const frames = new WeakMap<object, Buffer>();

/** One client's line of server-sent events, as tRPC's clients read them. */
export class EventLine {
  readonly #response: ServerResponse;
  readonly #closed = new AbortController();
  #ping: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Aborted once the client is gone. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  open(headers: Parameters<ServerResponse['setHeaders']>[0]): void {
    const response = this.#response;
    response.setHeaders(headers);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    measure.add('eventStreams', {}, 1);
    response.once('close', () => {
      measure.add('eventStreams', {}, -1);
      clearInterval(this.#ping);
      this.#closed.abort();
    });
    // A line that breaks is closed; there is nobody left to be told.
    response.on('error', () => undefined);
    response.write(CONNECTED);
    this.#ping = setInterval(() => response.write(PING), PING_MS);
  }

  /** Resolves when there is room for more: who reads slowly is waited for. */
  async send(value: unknown): Promise<void> {
    measure.count('eventsSentTotal', {});
    if (this.closed.aborted || this.#response.write(frameOf(value))) return;
    // Rejects only because the client is gone.
    await once(this.#response, 'drain', { signal: this.closed }).catch(() => undefined);
  }

  end(): void {
    this.#last(RETURN);
  }

  fail(error: unknown): void {
    this.#last(frame('serialized-error', JSON.stringify(error)));
  }

  #last(bytes: Buffer): void {
    clearInterval(this.#ping);
    if (!this.closed.aborted) this.#response.end(bytes);
  }
}

function frameOf(value: unknown): Buffer {
  if (typeof value !== 'object' || value === null) return frame(undefined, JSON.stringify(value));
  const known = frames.get(value);
  if (known !== undefined) return known;
  const made = frame(undefined, JSON.stringify(value));
  frames.set(value, made);
  return made;
}

function frame(event: string | undefined, data: string): Buffer {
  return Buffer.from(`${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`);
}

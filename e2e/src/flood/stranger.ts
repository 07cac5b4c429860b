import { Agent, request, type IncomingMessage } from 'node:http';

/** What is asked, by whom. */
export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written piece by piece until they end or the line is cut, whatever is answered meanwhile. */
  readonly body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Somebody without an account, who asks from an address of their own and keeps one line open, as a client would. */
export class Stranger {
  readonly #target: URL;
  readonly #agent: Agent;

  constructor(url: string, address: string) {
    this.#target = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: address });
  }

  /** The status; 'cut' where the line was cut before there was one. */
  async ask({ method = 'GET', path, headers = {}, body = [] }: Asked, stop: AbortSignal): Promise<string> {
    const { hostname, port } = this.#target;
    // Sent as it is: no client tidies it.
    const sending = request({ hostname, port, path, method, headers, agent: this.#agent, signal: stop });
    const closed = new Promise<void>((resolve) => sending.once('close', resolve));
    let heard = 'cut';
    sending.on('error', () => undefined);
    sending.on('response', (response: IncomingMessage) => {
      heard = String(response.statusCode);
      response.on('error', () => undefined).resume();
    });
    for await (const piece of body) {
      if (sending.destroyed) break;
      if (sending.write(piece)) continue;
      // Whichever comes first; a line that is cut never drains.
      await new Promise<void>((resolve) => {
        sending.once('drain', resolve);
        void closed.then(resolve);
      });
    }
    sending.end();
    await closed;
    return heard;
  }

  close(): void {
    this.#agent.destroy();
  }
}

import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a page that is opened and one that is open ask for. */
const ASKS = ['/', '/api/trpc/videos.list?input=%7B%7D', '/settings/account', '/api/v1/overview'];
/** Longer than any of them takes as a rule, so that the pace is the same with strangers and without. */
const EVERY_MS = 200;
const PATIENCE_MS = 30_000;

export interface Answers {
  /** How long each took, to the last byte, by what was asked for. */
  readonly ms: ReadonlyMap<string, number[]>;
  /** What was no 200, and what of. */
  readonly others: readonly string[];
}

/** Somebody who is signed in and goes on working at a steady pace. */
export class SignedInPerson {
  readonly #url: URL;
  readonly #agent: Agent;
  readonly #cookie: string;

  constructor(url: string, { address, cookie }: { address: string; cookie: string }) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, localAddress: address });
    this.#cookie = cookie;
  }

  /** Asks for so long, one after the other. */
  async work(forMs: number): Promise<Answers> {
    const ms = new Map(ASKS.map((path): [string, number[]] => [path, []]));
    const others: string[] = [];
    const end = performance.now() + forMs;
    for (let turn = 0; performance.now() < end; turn += 1) {
      const path = ASKS[turn % ASKS.length] ?? '/';
      const begun = performance.now();
      const status = await this.#ask(path);
      const took = performance.now() - begun;
      ms.get(path)?.push(took);
      if (status !== '200') others.push(`${path}: ${status}`);
      await sleep(Math.max(0, EVERY_MS - took));
    }
    return { ms, others };
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(path: string): Promise<string> {
    const { hostname, port } = this.#url;
    const headers = { cookie: this.#cookie, accept: 'text/html' };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return new Promise((resolve) => {
      const asking = request(
        { hostname, port, path, headers, agent: this.#agent, signal },
        (response: IncomingMessage) =>
          response
            .on('error', ({ message }) => resolve(message))
            .once('end', () => resolve(String(response.statusCode)))
            .resume(),
      );
      asking.on('error', ({ message }) => resolve(message)).end();
    });
  }
}

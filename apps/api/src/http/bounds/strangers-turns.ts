import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from './rate-limits.ts';
import type { Turns } from './turns.ts';

/** Has requests of who is nobody take turns, by address; who is somebody goes in. */
export class StrangersTurns {
  readonly #turns: Turns;
  readonly #ends = new WeakMap<object, () => void>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Resolves when it is the request's turn; that ends with its answer, where it was not ended before. */
  async begin(request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    if (request.principal !== undefined) return;
    const gone = new AbortController();
    raw.once('close', () => {
      gone.abort();
      this.end(request);
    });
    const end = await this.#turns.take({ who: addressOf(request), gone: gone.signal });
    if (raw.closed) end();
    else this.#ends.set(request, end);
  }

  end(request: object): void {
    this.#ends.get(request)?.();
  }
}

import { STREAMS_MAX, TranscodeError } from '@transcode/contracts';
import type { Principal } from '../identity/principal.ts';

/** How many event streams each principal has open at this process. */
export class OpenStreams {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number = STREAMS_MAX) {
    this.#most = most;
  }

  /** Counts one more until the signal is aborted; `too_many_streams` where there are enough. */
  add({ kind, id }: Principal, closed: AbortSignal): void {
    const who = `${kind}:${id}`;
    const open = this.#open.get(who) ?? 0;
    if (open >= this.#most) throw new TranscodeError('too_many_streams', { limit: this.#most });
    if (closed.aborted) return;
    this.#open.set(who, open + 1);
    closed.addEventListener('abort', () => this.#drop(who), { once: true });
  }

  #drop(who: string): void {
    const left = (this.#open.get(who) ?? 0) - 1;
    if (left > 0) this.#open.set(who, left);
    else this.#open.delete(who);
  }
}

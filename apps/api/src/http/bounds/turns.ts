import { TranscodeError } from '@transcode/contracts';

interface TurnLimits {
  readonly atOnce: number;
  /** Who wait, all together and of one name: more are refused. */
  readonly mostWaiting: number;
  readonly mostOfOne: number;
  /** Nobody waits longer. */
  readonly patienceMs: number;
}

interface Asking {
  /** Those of one name wait for each other, and take turns with those of other names. */
  readonly who: string;
  /** Goes before all that are not. */
  readonly isAhead?: boolean;
  /** Who is gone waits no longer. */
  readonly gone?: AbortSignal;
}

interface Waiting {
  readonly admit: () => void;
}

/** What costs much is done for few at once, and for others when their turn comes: however many one sends, they take turns with everybody else. */
export class Turns {
  readonly #limits: TurnLimits;
  /** The name at the front is next. */
  readonly #lines = new Map<string, Set<Waiting>>();
  readonly #ahead = new Set<Waiting>();
  #taken = 0;
  #waiting = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** Resolves to what ends the turn; `too_busy` where it does not come. */
  async take(asking: Asking): Promise<() => void> {
    if (this.#taken >= this.#limits.atOnce) await this.#wait(asking);
    else this.#taken += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#passOn();
    };
  }

  /** Does it when its turn comes. */
  async during<T>(asking: Asking, work: () => Promise<T>): Promise<T> {
    const end = await this.take(asking);
    try {
      return await work();
    } finally {
      end();
    }
  }

  async #wait({ who, isAhead = false, gone }: Asking): Promise<void> {
    const { mostWaiting, mostOfOne, patienceMs } = this.#limits;
    const line = isAhead ? this.#ahead : (this.#lines.get(who) ?? new Set());
    if (!isAhead && (this.#waiting >= mostWaiting || line.size >= mostOfOne)) throw busy();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { admit: resolve };
    const refuse = (): void => {
      if (line.delete(waiting)) this.#left(who, line);
      reject(busy());
    };
    line.add(waiting);
    if (!isAhead) {
      this.#lines.set(who, line);
      this.#waiting += 1;
    }
    const timer = setTimeout(refuse, patienceMs);
    gone?.addEventListener('abort', refuse, { once: true });
    try {
      if (gone?.aborted === true) refuse();
      await promise;
    } finally {
      clearTimeout(timer);
      gone?.removeEventListener('abort', refuse);
    }
  }

  /** The turn goes to the next, without being free in between. */
  #passOn(): void {
    const [first] = this.#ahead;
    if (first !== undefined) {
      this.#ahead.delete(first);
      first.admit();
      return;
    }
    const [[who, line] = []] = this.#lines;
    const [next] = line ?? [];
    if (who === undefined || line === undefined || next === undefined) {
      this.#taken -= 1;
      return;
    }
    line.delete(next);
    this.#lines.delete(who);
    // Whose turn it was is last now.
    this.#lines.set(who, line);
    this.#left(who, line);
    next.admit();
  }

  #left(who: string, line: Set<Waiting>): void {
    if (line === this.#ahead) return;
    this.#waiting -= 1;
    if (line.size === 0) this.#lines.delete(who);
  }
}

function busy(): TranscodeError {
  return new TranscodeError('too_busy', { seconds: 2 });
}

import type { Alive } from '@transcode/contracts';

/** How often the server is looked for while all is well. It is told within five seconds that it is not. */
const LOOK_MS = 1_500;
/** One refusal may be the blink of a moment. */
const CONFIRM_MS = 300;
/** How often it is looked for while it is away. */
const AGAIN_MS = 1_000;
/** An answer that takes longer is none, but where the last was slow already: then the line is. */
const PATIENCE_MS = 1_500;
const MOST_PATIENCE_MS = 5_000;

/** `pages`: only other pages cannot be had. `offline`: it is this machine that has no line. */
export type Trouble = 'server' | 'pages' | 'offline';

export interface Standing {
  readonly trouble: Trouble | undefined;
  /** When all was well last, while it is not: what is shown is as old as that. */
  readonly since: Date | undefined;
  /** Something of the page waits for the end of the trouble, such as the way to another. */
  readonly isAwaited: boolean;
}

/** The browser's part. */
interface Means {
  /** Undefined where nothing answers. */
  readonly ask: (signal: AbortSignal) => Promise<Alive | undefined>;
  readonly isOnline: () => boolean;
  /** Nobody looks at a page that is hidden, so it does not look for the server. */
  readonly isHidden: () => boolean;
}

interface Waiting {
  readonly since: number;
  readonly resolve: () => void;
}

export const WELL: Standing = { trouble: undefined, since: undefined, isAwaited: false };

/** Knows whether the server is there: by looking for it, and by what the page's own questions meet. */
export class ServerWatch {
  readonly #means: Means;
  readonly #listeners = new Set<() => void>();
  #waiting: readonly Waiting[] = [];
  #standing = WELL;
  #failures = 0;
  #tookMs = 0;
  #heardAt = 0;
  #isDoubted = false;
  #wake: () => void = () => undefined;

  constructor(means: Means) {
    this.#means = means;
  }

  standing = (): Standing => this.#standing;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks again and again from now on. Returns how to stop. */
  start(): () => void {
    const stop = new AbortController();
    this.#heardAt = Date.now();
    void this.#run(stop.signal);
    return () => {
      stop.abort();
      this.#wake();
    };
  }

  /** The server has answered something. */
  heard(): void {
    this.#heardAt = Date.now();
  }

  /** Something was not answered, or may be answered again: it is looked at once. */
  doubt = (): void => {
    this.#isDoubted = true;
    this.#wake();
  };

  /** Resolves once the server was found after the call. */
  whenWell(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { since: Date.now(), resolve }];
      this.#tell({ ...this.#standing, isAwaited: true });
      this.doubt();
    });
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      this.#isDoubted = false;
      const begun = Date.now();
      const alive = await this.#means.ask(AbortSignal.timeout(this.#patience()));
      if (stopped.aborted) return;
      this.#judge(alive, begun);
      if (!this.#isDoubted) await this.#rest();
    }
  }

  #patience(): number {
    if (this.#standing.trouble !== undefined) return MOST_PATIENCE_MS;
    return Math.min(Math.max(PATIENCE_MS, 2 * this.#tookMs), MOST_PATIENCE_MS);
  }

  #judge(alive: Alive | undefined, begun: number): void {
    const now = Date.now();
    // On a line that is full it may be the page's own questions that are answered.
    const isHeard = this.#heardAt > begun;
    if (alive !== undefined) this.#tookMs = now - begun;
    if (alive === undefined ? isHeard : alive.data && alive.pages) {
      this.#failures = 0;
      this.#heardAt = Math.max(this.#heardAt, begun);
      const found = this.#waiting.filter(({ since }) => since <= begun);
      this.#waiting = this.#waiting.filter(({ since }) => since > begun);
      this.#tell({ ...WELL, isAwaited: this.#waiting.length > 0 });
      for (const { resolve } of found) resolve();
      return;
    }
    this.#failures += 1;
    if (this.#failures < 2) return;
    const trouble = alive?.data === true ? 'pages' : this.#means.isOnline() ? 'server' : 'offline';
    const since = this.#standing.since ?? new Date(this.#heardAt);
    this.#tell({ trouble, since, isAwaited: this.#waiting.length > 0 });
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const ms = this.#standing.trouble !== undefined ? AGAIN_MS : this.#failures > 0 ? CONFIRM_MS : LOOK_MS;
      const timer = this.#means.isHidden() ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(next: Standing): void {
    const { trouble, since, isAwaited } = this.#standing;
    if (trouble === next.trouble && since === next.since && isAwaited === next.isAwaited) return;
    this.#standing = next;
    for (const listener of this.#listeners) listener();
  }
}

import { QUARANTINE_DEATHS, QUARANTINE_MS } from '@transcode/contracts';
import type { QuarantineState } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';
import type { TaskEnd } from './settle-task.ts';

interface QuarantineOptions {
  /** Throws if the worker is not fit to work. */
  readonly check: () => Promise<void>;
  /** Is told when it begins, when a check failed, and when it ends. */
  readonly changed: (state: QuarantineState | undefined) => void;
  readonly log: Logger;
  readonly waitsMs?: readonly number[];
}

/**
 * A worker whose last tasks all died of their surroundings would only burn more of them. It takes nothing for a while, checks itself,
 * and goes on. If the next one dies as well it waits longer; one that succeeds, or fails for its own sake, settles it.
 */
export class Quarantine {
  readonly #options: QuarantineOptions;
  readonly #waitsMs: readonly number[];
  #deaths = 0;
  #waits = 0;
  #current: { reason: string; until: number; timer: NodeJS.Timeout } | undefined;

  constructor(options: QuarantineOptions) {
    this.#options = options;
    this.#waitsMs = options.waitsMs ?? QUARANTINE_MS;
  }

  /** Undefined: there is none. */
  state(): QuarantineState | undefined {
    if (this.#current === undefined) return undefined;
    const { reason, until } = this.#current;
    return { reason, leftMs: Math.max(0, until - performance.now()) };
  }

  saw({ worker, reason }: TaskEnd): void {
    if (worker === 'untold') return;
    if (worker === 'well') {
      this.#deaths = 0;
      this.#waits = 0;
      return;
    }
    this.#deaths += 1;
    if (this.#deaths < QUARANTINE_DEATHS || this.#current !== undefined) return;
    this.#wait(`The last ${this.#deaths} tasks died of their surroundings. The last of them: ${reason ?? 'unknown'}`);
  }

  stop(): void {
    clearTimeout(this.#current?.timer);
  }

  #wait(reason: string): void {
    const ms = this.#waitsMs[Math.min(this.#waits, this.#waitsMs.length - 1)] ?? 0;
    this.#waits += 1;
    const timer = setTimeout(() => void this.#tryAgain(), ms);
    this.#current = { reason, until: performance.now() + ms, timer };
    this.#options.log.error(
      { reason, seconds: ms / 1000 },
      'The worker is in quarantine: it takes nothing for a while',
    );
    this.#options.changed(this.state());
  }

  async #tryAgain(): Promise<void> {
    try {
      await this.#options.check();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#wait(`It is still not fit to work: ${why}`);
      return;
    }
    this.#current = undefined;
    this.#options.log.info('The worker is well again and takes tasks');
    this.#options.changed(undefined);
  }
}

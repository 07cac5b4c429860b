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
 *
 * Deaths of one video alone, be they of one task or of many chunks, may be that video's doing, and so may be an ffmpeg that stood still: for
 * them the worker is not held from what others wait for. It checks itself at once, which is what would follow the wait anyway, and is in
 * quarantine if it finds something. So a worker that is ill is found though it has but one large job, and one that is well goes on.
 */
export class Quarantine {
  readonly #options: QuarantineOptions;
  readonly #waitsMs: readonly number[];
  #deaths: TaskEnd[] = [];
  #isChecking = false;
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

  saw(end: TaskEnd): void {
    if (end.worker === 'untold') return;
    if (end.worker === 'well') {
      this.#deaths = [];
      this.#waits = 0;
      return;
    }
    this.#deaths = [...this.#deaths, end].slice(-QUARANTINE_DEATHS);
    if (this.#deaths.length < QUARANTINE_DEATHS || this.#current !== undefined) return;
    const reason = `The last ${this.#deaths.length} tasks died of their surroundings. The last of them: ${end.reason ?? 'unknown'}`;
    const videos = this.#deaths.filter(({ worker }) => worker === 'ill').map(({ videoId }) => videoId);
    if (new Set(videos).size > 1) this.#wait(reason);
    else void this.#checkNow(reason);
  }

  stop(): void {
    clearTimeout(this.#current?.timer);
  }

  async #checkNow(reason: string): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      await this.#options.check();
      this.#options.log.warn({ reason }, 'The worker is well: what died may have been the fault of one video');
    } catch (error) {
      if (this.#current === undefined) this.#wait(`${reason} It is not fit to work: ${sentence(error)}`);
    } finally {
      this.#isChecking = false;
    }
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
      this.#wait(`It is still not fit to work: ${sentence(error)}`);
      return;
    }
    this.#current = undefined;
    this.#options.log.info('The worker is well again and takes tasks');
    this.#options.changed(undefined);
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { explain } from '../refusal.ts';
import { rest, type ServerExit } from '@transcode/servers';
import type { Running, Service } from './service.ts';

export interface Timing {
  /** Waits before starting again: the n-th death in a row waits the n-th time, later ones the last. */
  backoffMs: readonly number[];
  /** One that ran this long has recovered. */
  steadyMs: number;
  /** So many deaths in a row are a crash loop. */
  loopAfter: number;
}

export const TIMING: Timing = { backoffMs: [200, 1_000, 2_000, 5_000, 10_000, 15_000], steadyMs: 30_000, loopAfter: 4 };

interface KeeperOptions {
  say: (sentence: string) => void;
  /** Called whenever something of it has changed. */
  changed: () => void;
  timing?: Timing;
}

/** Keeps one service running: a process that dies is started again with growing pauses, and a crash loop is told in a sentence. */
export class Keeper {
  readonly service: Service;
  readonly #options: KeeperOptions;
  readonly #timing: Timing;
  readonly #stopping = new AbortController();
  #current: Running | undefined;
  #state: 'starting' | 'running' | 'waiting' = 'starting';
  #restarts = 0;
  #deaths = 0;
  #watching: Promise<void> = Promise.resolve();

  constructor(service: Service, options: KeeperOptions) {
    this.service = service;
    this.#options = options;
    this.#timing = options.timing ?? TIMING;
  }

  get name(): string {
    return this.service.name;
  }

  get state(): 'starting' | 'running' | 'waiting' {
    return this.#state;
  }

  get current(): Running | undefined {
    return this.#current;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** The first start, which has to succeed. */
  async start(): Promise<void> {
    const running = await this.#launch();
    await running.untilReady();
    this.#becomes('running');
    this.#watching = this.#watch(running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#current?.stop();
    await this.#watching;
    await this.#current?.stop();
  }

  /** No more patience. */
  kill(): void {
    this.#current?.kill('SIGKILL');
  }

  async #launch(): Promise<Running> {
    this.#becomes('starting');
    this.#current = await this.service.start();
    this.#options.changed();
    return this.#current;
  }

  async #watch(first: Running): Promise<void> {
    let running: Running | undefined = first;
    while (!this.#stopping.signal.aborted) {
      const since = performance.now();
      const how: string = running === undefined ? 'could not be started' : describe(await running.exited);
      if (this.#stopping.signal.aborted) return;
      this.#deaths = performance.now() - since > this.#timing.steadyMs ? 1 : this.#deaths + 1;
      this.#tellDeath(how);
      this.#becomes('waiting');
      await this.#pause();
      if (this.#stopping.signal.aborted) return;
      running = await this.#startAgain();
    }
  }

  async #startAgain(): Promise<Running | undefined> {
    this.#restarts += 1;
    try {
      const running = await this.#launch();
      await Promise.race([running.untilReady(), running.exited]);
      this.#becomes('running');
      return running;
    } catch (error) {
      this.#options.say(`${this.name} did not start: ${explain(error)?.sentence ?? String(error)}`);
      await this.#current?.stop();
      return undefined;
    }
  }

  #tellDeath(how: string): void {
    const { loopAfter } = this.#timing;
    if (this.#deaths < loopAfter) this.#options.say(`${this.name} ${how}; starting it again.`);
    else if (this.#deaths === loopAfter) {
      const pause = Math.round((this.#timing.backoffMs.at(-1) ?? 0) / 1000);
      this.#options.say(
        `${this.name} ${how}, ${this.#deaths} times in a row. It is tried again at least every ${pause} s; ./transcode logs ${this.name} shows why.`,
      );
    }
  }

  async #pause(): Promise<void> {
    const { backoffMs } = this.#timing;
    const wait = backoffMs[Math.min(this.#deaths, backoffMs.length) - 1] ?? 0;
    // An aborted pause is over as well.
    await rest(wait, this.#stopping.signal);
  }

  #becomes(state: 'starting' | 'running' | 'waiting'): void {
    this.#state = state;
    this.#options.changed();
  }
}

function describe(exit: ServerExit): string {
  if (exit.signal !== null) return `was ended by ${exit.signal}`;
  return `ended with code ${exit.code ?? 'unknown'}`;
}

import { identify } from '../data-folder/process-identity.ts';
import { removeState, writeState, type ChildState, type State } from '../data-folder/state.ts';
import { explain } from '../refusal.ts';
import { Keeper } from './keeper.ts';
import type { Service } from './service.ts';

interface SupervisorOptions {
  stateFile: string;
  version: string;
  mode: State['mode'];
  url: string;
  storage: string;
  say: (sentence: string) => void;
  /** Called after each change, with what is true by then. */
  changed?: (state: State) => Promise<void>;
}

/** Starts services in order, keeps them running, writes down what runs, and stops them in the opposite order. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #keepers: Keeper[] = [];
  #phase: State['phase'] = 'starting';
  #writing: Promise<void> = Promise.resolve();
  #closed = false;
  #stopped: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Starts several beside each other and resolves when all of them are ready. */
  async start(...services: readonly Service[]): Promise<void> {
    const keepers = services.map(
      (service) => new Keeper(service, { say: this.#options.say, changed: () => void this.#write() }),
    );
    this.#keepers.push(...keepers);
    const results = await Promise.allSettled(keepers.map((keeper) => keeper.start()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** From here on it can be used by others. */
  async announce(): Promise<void> {
    this.#phase = 'running';
    await this.#write();
  }

  async stop(): Promise<void> {
    return (this.#stopped ??= this.#stopAll());
  }

  /** Ends at once what takes its time. The servers are still stopped cleanly. */
  hurry(): void {
    for (const keeper of this.#keepers) {
      if (keeper.name !== 'postgres' && keeper.name !== 'redis') keeper.kill();
    }
  }

  async #stopAll(): Promise<void> {
    this.#phase = 'stopping';
    await this.#write();
    const servers = this.#keepers.filter(({ name }) => name === 'postgres' || name === 'redis');
    const ours = this.#keepers.filter((keeper) => !servers.includes(keeper));
    await Promise.all(ours.map((keeper) => keeper.stop()));
    for (const server of servers.toReversed()) await server.stop();
    this.#closed = true;
    await this.#writing;
    await removeState(this.#options.stateFile);
  }

  /** One write at a time, each with what is true when it begins. */
  #write(): Promise<void> {
    this.#writing = this.#writeAfter(this.#writing);
    return this.#writing;
  }

  async #writeAfter(earlier: Promise<void>): Promise<void> {
    await earlier;
    if (this.#closed) return;
    try {
      const state = await this.#snapshot();
      await writeState(this.#options.stateFile, state);
      await this.#options.changed?.(state);
    } catch (error) {
      this.#options.say(`The state could not be written: ${explain(error)?.sentence ?? String(error)}`);
    }
  }

  async #snapshot(): Promise<State> {
    const { version, mode, url, storage } = this.#options;
    const children = await Promise.all(this.#keepers.map(describe));
    return {
      version,
      mode,
      phase: this.#phase,
      supervisor: await identify(process.pid),
      url,
      storage,
      children: children.filter((child) => child !== undefined),
    };
  }
}

async function describe(keeper: Keeper): Promise<ChildState | undefined> {
  const running = keeper.current;
  if (running === undefined) return undefined;
  return {
    name: keeper.name,
    identity: await identify(running.pid),
    state: keeper.state,
    ports: running.ports,
    restarts: keeper.restarts,
    ...(running.readyUrl === undefined ? {} : { readyUrl: running.readyUrl }),
  };
}

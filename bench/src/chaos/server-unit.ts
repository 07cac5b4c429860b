import type { RunningServer } from '@transcode/servers';

/** A server on the same port and data however often it dies. */
export class ServerUnit {
  readonly #start: () => Promise<RunningServer>;
  #running: RunningServer;

  private constructor(start: () => Promise<RunningServer>, running: RunningServer) {
    this.#start = start;
    this.#running = running;
  }

  static async start(start: () => Promise<RunningServer>): Promise<ServerUnit> {
    return new ServerUnit(start, await start());
  }

  get url(): string {
    return this.#running.url;
  }

  get pid(): number {
    return this.#running.pid;
  }

  /** Ends it by this signal and waits until it is gone. */
  async die(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
    this.#running.kill(signal);
    await this.#running.exited;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running.kill(signal);
  }

  async comeBack(): Promise<void> {
    this.#running = await this.#start();
  }

  stop(): Promise<void> {
    this.signal('SIGCONT');
    return this.#running.stop();
  }
}

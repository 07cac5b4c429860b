import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CrowdReport, type Order } from './crowd.ts';

/** Viewers in a process beside this one, so that reading what they are told delays nobody who tells it. */
export class CrowdProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(path.join(import.meta.dirname, 'crowd.ts'));
  }

  /** Resolves once every one of them was told the first thing. */
  async connect(url: string, keys: readonly string[]): Promise<void> {
    await this.#ask({ type: 'connect', url, keys: [...keys] });
  }

  /** Forgets what came until now. */
  begin(): void {
    this.#child.send({ type: 'begin' } satisfies Order);
  }

  async report(): Promise<CrowdReport> {
    return CrowdReport.parse(await this.#ask({ type: 'report' }));
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  async #ask(order: Order): Promise<unknown> {
    const died = new AbortController();
    const gone = once(this.#child, 'exit', { signal: died.signal }).then(() => {
      throw new Error('The process of the viewers died.');
    });
    const answer = once(this.#child, 'message', { signal: died.signal });
    this.#child.send(order);
    try {
      const [message]: unknown[] = await Promise.race([answer, gone]);
      return message;
    } finally {
      died.abort();
      await Promise.allSettled([answer, gone]);
    }
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { FloodReport, type FloodPlan } from './flood-plan.ts';

/** Strangers in a process beside this one, from its start until it is stopped. */
export class FloodProcess implements Disposable {
  readonly #child: ChildProcess;

  constructor(plan: FloodPlan) {
    this.#child = fork(path.join(import.meta.dirname, 'flood.ts'));
    this.#child.send(plan);
  }

  async stop(): Promise<FloodReport> {
    const told = once(this.#child, 'message');
    this.#child.send('stop');
    const [report]: unknown[] = await told;
    return FloodReport.parse(report);
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}

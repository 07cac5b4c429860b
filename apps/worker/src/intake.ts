import { DRAIN_DEADLINE_MS, HAND_BACK_MS, scopesOf, type TaskClass } from '@transcode/contracts';
import type { Control } from '@transcode/db';
import type { Consumer } from '@transcode/queue';
import type { Logger } from '@transcode/telemetry';

interface Gate {
  readonly consumer: Pick<Consumer, 'pause' | 'resume'>;
  open: boolean;
}

/**
 * Opens and closes a worker's consumers. Each takes deliveries unless something speaks against the worker (quarantine, no room), or
 * an operator has paused what it serves: the claim would be refused, and the delivery lost to a worker that could take it.
 */
export class Intake {
  readonly #workerId: string;
  readonly #log: Logger;
  readonly #gates = new Map<TaskClass, Gate>();
  readonly #drains = new Map<TaskClass, AbortController>();
  #controls: readonly Control[] = [];
  /** What speaks against all of it: sentences, by what they are about. */
  readonly #held = new Map<string, string>();

  constructor({ workerId, log }: { workerId: string; log: Logger }) {
    this.#workerId = workerId;
    this.#log = log;
  }

  add(taskClass: TaskClass, consumer: Gate['consumer']): void {
    this.#gates.set(taskClass, { consumer, open: true });
    this.#settle();
  }

  /** What operators want now. */
  heed(controls: readonly Control[]): void {
    this.#controls = controls;
    this.#settle();
  }

  /** From now on nothing is taken; what is under way goes on. */
  hold(about: string, reason: string): void {
    if (!this.#held.has(about)) this.#log.warn({ about }, `The worker takes nothing: ${reason}`);
    this.#held.set(about, reason);
    this.#settle();
  }

  release(about: string): void {
    this.#held.delete(about);
    this.#settle();
  }

  /** Why nothing is taken, or nothing of a class; empty where the worker takes all it serves. */
  reasons(): Readonly<Record<string, string>> {
    const controls = [...this.#gates.keys()].flatMap((taskClass) => this.#controlsOf(taskClass));
    return Object.fromEntries([...this.#held, ...controls.map(({ scope, state }) => [scope, state] as const)]);
  }

  /** Is aborted when the tasks of a class have to go back, as it has been drained for long enough. */
  drained(taskClass: TaskClass): AbortSignal {
    return this.#drainOf(taskClass).signal;
  }

  #settle(): void {
    for (const [taskClass, gate] of this.#gates) {
      const controls = this.#controlsOf(taskClass);
      this.#move(taskClass, gate, this.#held.size === 0 && controls.length === 0);
      const isOverdue = controls.some(
        ({ state, ageMs }) => state === 'draining' && ageMs >= DRAIN_DEADLINE_MS - HAND_BACK_MS,
      );
      const drain = this.#drainOf(taskClass);
      if (isOverdue) drain.abort(new Error('The worker is drained.'));
      else if (drain.signal.aborted) this.#drains.delete(taskClass);
    }
  }

  #move(taskClass: TaskClass, gate: Gate, open: boolean): void {
    if (gate.open === open) return;
    gate.open = open;
    this.#log.info(
      { class: taskClass, reasons: Object.values(this.reasons()) },
      open ? 'Takes tasks again' : 'Takes nothing more',
    );
    const moved = open ? gate.consumer.resume() : gate.consumer.pause();
    moved.catch((error: unknown) => this.#log.error({ err: error, class: taskClass }, 'The consumer did not follow'));
  }

  #controlsOf(taskClass: TaskClass): Control[] {
    const scopes: readonly string[] = scopesOf(this.#workerId, taskClass);
    return this.#controls.filter(({ scope }) => scopes.includes(scope));
  }

  #drainOf(taskClass: TaskClass): AbortController {
    const known = this.#drains.get(taskClass);
    if (known !== undefined) return known;
    const drain = new AbortController();
    this.#drains.set(taskClass, drain);
    return drain;
  }
}

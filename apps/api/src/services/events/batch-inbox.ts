import type { Batch } from './event-hub.ts';

/** A client that reads slower than this falls behind and misses the oldest hints; its next snapshot makes up for them. */
const SIZE = 100;

/** Holds batches between the hub that puts them in and the one reader that takes them out. */
export class BatchInbox {
  #batches: Batch[] = [];
  #woken = false;
  #resume: (() => void) | undefined;

  put(batch: Batch): void {
    this.#batches.push(batch);
    if (this.#batches.length > SIZE) this.#batches.shift();
    this.wake();
  }

  /** Makes the reader look up, although there may be nothing new. */
  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  take(): Batch[] {
    const taken = this.#batches;
    this.#batches = [];
    return taken;
  }

  /** Resolves at the next `put` or `wake`, at once if there was one since the last time. */
  async filled(): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#resume = undefined;
    this.#woken = false;
  }
}

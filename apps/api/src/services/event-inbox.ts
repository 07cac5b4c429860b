import type { Event } from '@transcode/contracts';

/** A client that reads slower than this falls behind and misses the oldest hints; its next snapshot makes up for them. */
const SIZE = 1_000;

/** Holds events between the listener that puts them in and the one reader that takes them out. */
export class EventInbox {
  #events: Event[] = [];
  #woken = false;
  #resume: (() => void) | undefined;

  put(event: Event): void {
    this.#events.push(event);
    if (this.#events.length > SIZE) this.#events.shift();
    this.wake();
  }

  /** Makes the reader look up, although there may be nothing new. */
  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  take(): Event[] {
    const taken = this.#events;
    this.#events = [];
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

const WINDOW_MS = 6_000;
const LEAST_SPAN_MS = 500;

/** Bytes per second over the last seconds, so that the figure neither jumps nor lags. */
export class RateMeter {
  #samples: { at: number; bytes: number }[] = [];

  add(at: number, bytes: number): void {
    this.#samples.push({ at, bytes });
    // One sample before the window is kept, so that it is always covered whole.
    while ((this.#samples[1]?.at ?? Infinity) <= at - WINDOW_MS) this.#samples.shift();
  }

  /** Undefined until there is enough to tell. */
  rate(now: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < LEAST_SPAN_MS) return undefined;
    return ((last.bytes - first.bytes) * 1000) / (Math.max(now, last.at) - first.at);
  }

  reset(): void {
    this.#samples = [];
  }
}

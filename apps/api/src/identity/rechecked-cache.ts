import type { MetricLabels } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';

type CacheName = MetricLabels<'cacheRequestsTotal'>['cache'];

interface Entry<T> {
  readonly checkedAt: number;
  readonly value: Promise<T | undefined>;
}

/** Believes what it looked up for a short while only. At most `size` entries; the oldest go first. */
export class RecheckedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #name: CacheName;
  readonly #holdMs: number;
  readonly #size: number;

  constructor(name: CacheName, holdMs: number, size = 10_000) {
    this.#name = name;
    this.#holdMs = holdMs;
    this.#size = size;
  }

  /** The age counts from before the look-up, so that an answer is never believed longer than `holdMs`, or less where told so. */
  get(key: string, lookUp: () => Promise<T | undefined>, holdMs = this.#holdMs): Promise<T | undefined> {
    const known = this.#entries.get(key);
    const now = performance.now();
    const isKnown = known !== undefined && now - known.checkedAt < holdMs;
    measure.count('cacheRequestsTotal', { cache: this.#name, result: isKnown ? 'hit' : 'miss' });
    if (isKnown) return known.value;
    const entry: Entry<T> = { checkedAt: now, value: lookUp() };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#evict();
    // A failed look-up is told to whoever waits for it and asked again by the next.
    entry.value.catch(() => this.#forget(key, entry));
    return entry.value;
  }

  clear(): void {
    this.#entries.clear();
  }

  #forget(key: string, entry: Entry<T>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #evict(): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#size && oldest !== undefined) this.#entries.delete(oldest);
  }
}

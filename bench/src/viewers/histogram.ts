/** Counts of whole milliseconds; what is longer than its end is counted there. */
export class Histogram {
  readonly #counts: number[];

  constructor(counts: readonly number[] = Array.from({ length: 10_001 }, () => 0)) {
    this.#counts = [...counts];
  }

  add(ms: number): void {
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms)));
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The least number of milliseconds within which this share of all was. */
  percentile(share: number): number {
    const wanted = this.total * share;
    let seen = 0;
    for (const [ms, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= wanted && count > 0) return ms;
    }
    return Number.NaN;
  }

  toJSON(): readonly number[] {
    return this.#counts;
  }
}

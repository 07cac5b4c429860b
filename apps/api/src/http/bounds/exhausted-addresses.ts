/** More are not kept: who is forgotten is counted again. */
const KEPT = 10_000;

/** Addresses that may ask nothing for the rest of their time, kept here so that refusing them costs no look elsewhere. */
export class ExhaustedAddresses {
  readonly #until = new Map<string, number>();

  add(address: string, leftMs: number): void {
    if (this.#until.has(address)) return;
    this.#until.set(address, performance.now() + leftMs);
    const [oldest] = this.#until.keys();
    if (this.#until.size > KEPT && oldest !== undefined) this.#until.delete(oldest);
  }

  /** How long it still has to wait; 0 where it has not. */
  leftMs(address: string): number {
    const left = (this.#until.get(address) ?? 0) - performance.now();
    if (left > 0) return left;
    this.#until.delete(address);
    return 0;
  }
}

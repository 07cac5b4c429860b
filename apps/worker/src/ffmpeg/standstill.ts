/** A program is looked at so often before its time is over. */
const LOOKS = 10;
/** A look that is late counts for as long as has passed, up to so many: what was halted with the machine had no time. */
const MOST_LATE = 3;
/**
 * One that computes for less than this share of the time between two looks waits for something that does not come: an ffmpeg that does takes
 * no hundredth of a second in twenty, and one that shares two cores with fifty others takes more than this.
 */
const BUSY_SHARE = 0.005;

/** What is seen of a program. */
export interface Look {
  /** Since the last look. */
  readonly passedMs: number;
  /** Processor time since it began, with its children's. */
  readonly cpuSeconds: number;
  /** Something that changes whenever it gets on. */
  readonly signs: string;
  /** It has asked for bytes that have not come. */
  readonly waits: boolean;
}

/**
 * Judges by one look after another whether a program gets no further: one that neither gets on nor computes, counted from its last sign of
 * life, and one that computes without end and does not get on.
 */
export class Standstill {
  /** How far apart the looks should be. */
  readonly lookMs: number;
  readonly #mostMs: number;
  readonly #futileCpuSeconds: number;
  #signs = '';
  /** Since it got on, and since it got on or computed, in milliseconds. */
  #stillMs = 0;
  #idleMs = 0;
  /** Its processor time when it got on last, and at the last look. */
  #cpuWhenOn = 0;
  #cpuBefore = 0;

  constructor({ mostMs, futileCpuSeconds }: { mostMs: number; futileCpuSeconds: number }) {
    this.lookMs = mostMs / LOOKS;
    this.#mostMs = mostMs;
    this.#futileCpuSeconds = futileCpuSeconds;
  }

  /** For how many milliseconds it got no further, where that is too long. */
  after(look: Look): number | undefined {
    const { cpuSeconds, signs, waits } = look;
    const passedMs = Math.min(look.passedMs, MOST_LATE * this.lookMs);
    const hasMoved = signs !== this.#signs || waits;
    const hasComputed = cpuSeconds - this.#cpuBefore > (BUSY_SHARE * passedMs) / 1000;
    this.#signs = signs;
    this.#cpuBefore = cpuSeconds;
    this.#stillMs = hasMoved ? 0 : this.#stillMs + passedMs;
    this.#idleMs = hasMoved || hasComputed ? 0 : this.#idleMs + passedMs;
    if (hasMoved) this.#cpuWhenOn = cpuSeconds;
    // Timers may come a moment early.
    const enoughMs = this.#mostMs - this.lookMs / 2;
    const isFutile = this.#stillMs >= enoughMs && cpuSeconds - this.#cpuWhenOn > this.#futileCpuSeconds;
    return this.#idleMs >= enoughMs || isFutile ? this.#stillMs : undefined;
  }
}

/** Reception makes a packet look so now and then, and noise does; of a film of which that is much nothing can be shown. */
const LEAST_SHARE = 0.25;
const LEAST_PACKETS = 4;

/** Counts packets by stream, and those of them that are scrambled. */
export class ScrambledStreams {
  readonly #counts = new Map<number, { packets: number; scrambled: number }>();

  saw(stream: number, isScrambled: boolean): void {
    const count = this.#counts.get(stream) ?? { packets: 0, scrambled: 0 };
    count.packets += 1;
    if (isScrambled) count.scrambled += 1;
    this.#counts.set(stream, count);
  }

  /** The streams of which too much is. */
  numbers(): number[] {
    return [...this.#counts].flatMap(([stream, { packets, scrambled }]) =>
      scrambled >= LEAST_PACKETS && scrambled / packets >= LEAST_SHARE ? [stream] : [],
    );
  }
}

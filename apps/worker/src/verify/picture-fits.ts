import { difference } from './thumbnails.ts';

/** How many frames before and after its own place a published frame is compared with. */
export const REACH = 2;
const PLACES = 2 * REACH + 1;

/** How well each published frame fits the source's frame of the same number, and those around it; how much the source moves there. */
export class PictureFits {
  readonly #fits: number[] = [];
  readonly #moves: number[] = [];

  get frames(): number {
    return this.#moves.length;
  }

  add(fits: readonly number[], move: number): void {
    for (let place = 0; place < PLACES; place += 1) this.#fits.push(fits[place] ?? Infinity);
    this.#moves.push(move);
  }

  /** Mean difference of a published frame and the source's frame `offset` places later. */
  fit(frame: number, offset = 0): number {
    return this.#fits[frame * PLACES + REACH + offset] ?? Infinity;
  }

  /** Mean difference of the source's frame and the one before it. */
  move(frame: number): number {
    return this.#moves[frame] ?? 0;
  }
}

/** Compares two streams of thumbnails, frame by frame. Also counts them. */
export async function fitPictures(
  published: AsyncIterable<Buffer>,
  source: AsyncIterable<Buffer>,
): Promise<{ fits: PictureFits; published: number; source: number }> {
  const fits = new PictureFits();
  const reader = source[Symbol.asyncIterator]();
  // The source's frames around the current one; undefined before the first and behind the last.
  const around: (Buffer | undefined)[] = Array.from({ length: REACH }, () => undefined);
  let sourceFrames = 0;
  const advance = async (): Promise<void> => {
    const next = await reader.next();
    if (next.done !== true) sourceFrames += 1;
    around.push(next.done === true ? undefined : next.value);
  };
  for (let ahead = 0; ahead < REACH; ahead += 1) await advance();
  let count = 0;
  for await (const picture of published) {
    await advance();
    const [before, own] = [around[REACH - 1], around[REACH]];
    const move = before === undefined || own === undefined ? 0 : difference(before, own);
    fits.add(
      around.map((other) => (other === undefined ? Infinity : difference(picture, other))),
      move,
    );
    around.shift();
    count += 1;
  }
  for (let rest = await reader.next(); rest.done !== true; rest = await reader.next()) sourceFrames += 1;
  return { fits, published: count, source: sourceFrames };
}

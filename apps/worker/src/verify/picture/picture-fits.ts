import type { PictureReference } from './picture-reference.ts';
import { difference } from './thumbnails.ts';

/** How many frames before and after its own place a published frame is compared with. */
export const REACH = 2;
const PLACES = 2 * REACH + 1;

/**
 * How well each published frame of a part of the video fits the source's frame of the same number, and those around it; how much the
 * source moves there. Frames have the numbers that they have in the whole video.
 */
export class PictureFits {
  /** The first frame of the part. */
  readonly from: number;
  readonly #fits: number[] = [];
  readonly #moves: number[] = [];

  constructor(from: number) {
    this.from = from;
  }

  /** Behind the last frame of the part. */
  get to(): number {
    return this.from + this.#moves.length;
  }

  add(fits: readonly number[], move: number): void {
    for (let place = 0; place < PLACES; place += 1) this.#fits.push(fits[place] ?? Infinity);
    this.#moves.push(move);
  }

  /** Mean difference of a published frame and the source's frame `offset` places later. */
  fit(frame: number, offset = 0): number {
    return this.#fits[(frame - this.from) * PLACES + REACH + offset] ?? Infinity;
  }

  /** Mean difference of the source's frame and the one before it. */
  move(frame: number): number {
    return this.#moves[frame - this.from] ?? 0;
  }
}

/** Compares published thumbnails, the first of which is the frame `from`, with the source's. */
export async function fitPictures(
  published: AsyncIterable<Buffer>,
  source: PictureReference,
  from: number,
): Promise<PictureFits> {
  const fits = new PictureFits(from);
  for await (const picture of published) {
    const frame = fits.to;
    const around = Array.from({ length: PLACES }, (_, place) => source.picture(frame + place - REACH));
    const [before, own] = [around[REACH - 1], around[REACH]];
    fits.add(
      around.map((other) => (other === undefined ? Infinity : difference(picture, other))),
      before === undefined || own === undefined ? 0 : difference(before, own),
    );
  }
  return fits;
}

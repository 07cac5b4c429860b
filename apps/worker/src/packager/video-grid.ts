import type { Sample } from './mp4/fragment-stream.ts';
import { hasIdr } from './mp4/has-idr.ts';
import { packageFailed } from './package-failed.ts';
import type { SampleGrid } from './sample-grid.ts';
import { toTimescale } from './mp4/to-timescale.ts';
import type { Track } from './mp4/track.ts';
import type { GridSample } from './mp4/write-segment.ts';

/**
 * The most places by which a picture decodes before it is shown: two with x264's pyramid of B-frames, and never more. It is the
 * same in every chunk, however short, so that all chunks of a rendition share one initialisation segment.
 */
const REORDER_FRAMES = 2;

/**
 * Frame `n` in decode order decodes at `n * frameTicks`; what ffmpeg wrote has to agree to the tick. Reordered pictures need room
 * to be decoded before they are shown: every picture is shown `REORDER_FRAMES` later, and the edit list takes that off again.
 * (Negative shifts would need no edit list, but ffmpeg then shows the whole track late, out of sync with the sound.)
 */
export class VideoGrid implements SampleGrid {
  sampleTicks: number;
  readonly #track: Track;
  readonly #convert: (tick: number) => number;
  readonly #segmentFrames: number;
  #start: { decode: number; shown: number } | undefined;
  #count = 0;

  constructor(track: Track, options: { timescale: number; segmentFrames: number; frameTicks: number | undefined }) {
    this.#track = track;
    this.#convert = toTimescale(track.timescale, options.timescale);
    this.#segmentFrames = options.segmentFrames;
    this.sampleTicks = options.frameTicks ?? 0;
  }

  get presentationDelay(): number {
    return REORDER_FRAMES * this.sampleTicks;
  }

  place(sample: Sample): GridSample {
    const decode = this.#convert(sample.tick);
    const shown = this.#convert(sample.tick + sample.shift);
    if (this.sampleTicks === 0) this.sampleTicks = this.#convert(sample.ticks);
    if (this.sampleTicks <= 0) throw packageFailed('the first frame has no duration');
    this.#start ??= { decode, shown };
    const due = this.#count * this.sampleTicks;
    if (decode - this.#start.decode !== due)
      throw packageFailed(
        `frame ${this.#count} decodes at tick ${decode - this.#start.decode}, and its place on the grid is ${due}`,
      );
    const reordering = shown - this.#start.shown - due;
    if (reordering % this.sampleTicks !== 0)
      throw packageFailed(`frame ${this.#count} is shown between two places of the grid`);
    const shift = reordering + this.presentationDelay;
    if (shift < 0) throw packageFailed(`frame ${this.#count} is shown before it can be decoded`);
    this.#checkPicture(sample, reordering);
    this.#count += 1;
    return { data: sample.data, shift, isSync: sample.isSync };
  }

  #checkPicture(sample: Sample, reordering: number): void {
    if (sample.isSync) {
      if (!hasIdr(sample.data, this.#track.nalLengthBytes))
        throw packageFailed(`frame ${this.#count} is marked as a key frame and is no IDR picture`);
      if (reordering !== 0) throw packageFailed(`the group of pictures at frame ${this.#count} is not closed`);
    } else if (this.#count % this.#segmentFrames === 0) {
      throw packageFailed(`frame ${this.#count} starts a segment and is not a key frame`);
    }
  }
}

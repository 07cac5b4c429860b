import { AAC_FRAME_SAMPLES } from '@transcode/contracts';
import type { Sample } from './mp4/fragment-stream.ts';
import { packageFailed } from './package-failed.ts';
import type { SampleGrid } from './sample-grid.ts';
import { toTimescale } from './mp4/to-timescale.ts';
import type { Track } from './mp4/track.ts';
import type { GridSample } from './mp4/write-segment.ts';

/**
 * AAC frames at exact multiples of 1,024 samples. The encoder's priming is its first frame: it is dropped here, and the second
 * becomes tick 0. That takes the priming off once, with no edit list for a player to overlook.
 */
export class AudioGrid implements SampleGrid {
  readonly sampleTicks = AAC_FRAME_SAMPLES;
  readonly presentationDelay = 0;
  readonly #convert: (tick: number) => number;
  #start: number | undefined;
  #count = 0;

  constructor(track: Track, timescale: number) {
    if (track.sampleRate !== timescale)
      throw packageFailed(`the sound has ${track.sampleRate ?? 'no'} samples a second, not ${timescale}`);
    this.#convert = toTimescale(track.timescale, timescale);
  }

  place(sample: Sample): GridSample | undefined {
    const decode = this.#convert(sample.tick);
    if (this.#start === undefined && decode > AAC_FRAME_SAMPLES)
      throw packageFailed(`the sound starts ${decode} samples late`);
    this.#start ??= decode;
    const due = this.#count * AAC_FRAME_SAMPLES;
    if (decode - this.#start !== due)
      throw packageFailed(`AAC frame ${this.#count} is at sample ${decode - this.#start}, and its place is ${due}`);
    this.#count += 1;
    return this.#count === 1 ? undefined : { data: sample.data, shift: 0, isSync: true };
  }
}

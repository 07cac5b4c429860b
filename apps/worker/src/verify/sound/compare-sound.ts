import { holes, type SoundHole } from './sound-levels.ts';
import { bestLag, likeness } from './sound-likeness.ts';
import { SAMPLE_RATE } from './sound-samples.ts';

/** Picture and sound may be apart by so much more than they are in the source, in milliseconds. */
export const MOST_OFFSET_MS = 20;
/** How far away the source's sound is looked for, in milliseconds. */
const REACH_MS = 400;
/** More than this, and it is the same sound in the same place. */
const SAME = 0.95;
/** Less than this is another sound. */
const LEAST_LIKENESS = 0.5;
/** Quieter sound, as the root of the mean square of 16-bit samples, says nothing. */
const AUDIBLE = 30;
/** Looking far costs 50 ms of CPU time: so often at most in a video. */
const MOST_SEARCHES = 120;

const REACH = (REACH_MS * SAMPLE_RATE) / 1000;
const NEAR = (MOST_OFFSET_MS * SAMPLE_RATE) / 1000;

/** What one audible second of the published sound says. */
export interface SoundSecond {
  readonly second: number;
  /** How much later it is than in the source; undefined where it is not found there. */
  readonly offsetMs: number | undefined;
}

export interface ComparedSound {
  readonly seconds: readonly SoundSecond[];
  /** Where one of the two is silent and the other is not. */
  readonly holes: readonly SoundHole[];
}

/** Compares two sounds, second by second, as long as there is something published. `seconds` is how long they are, about. */
export async function compareSound(
  published: AsyncIterable<Int16Array>,
  source: AsyncIterable<Int16Array>,
  seconds: number,
): Promise<ComparedSound> {
  const [heards, originals] = [published[Symbol.asyncIterator](), source[Symbol.asyncIterator]()];
  const silence = new Int16Array(SAMPLE_RATE);
  const next = async (): Promise<Int16Array> => {
    const { value, done } = await originals.next();
    return done === true ? silence : value;
  };
  const compare = new SecondComparer(Math.ceil(seconds / MOST_SEARCHES));
  const found: SoundSecond[] = [];
  const silent: SoundHole[] = [];
  // Both are asked at once: what a process wrote is lost if it ends before anyone has begun to read.
  let [heard, own, after] = await Promise.all([heards.next(), next(), next()]);
  let before: Int16Array = silence;
  for (let second = 0; heard.done !== true; second += 1) {
    const compared = compare.second(second, heard.value, joined(before, own, after));
    if (compared !== undefined) found.push(compared);
    silent.push(...holes(heard.value, own, second));
    [heard, before, own, after] = [await heards.next(), own, after, await next()];
  }
  return { seconds: found, holes: silent };
}

/** Looks near first; far only where that leaves a doubt, and not too often. */
class SecondComparer {
  readonly #stride: number;
  #searches = 0;

  constructor(stride: number) {
    this.#stride = stride;
  }

  second(second: number, heard: Int16Array, source: Int16Array): SoundSecond | undefined {
    if (loudness(source.subarray(REACH, REACH + SAMPLE_RATE)) < AUDIBLE && loudness(heard) < AUDIBLE) return undefined;
    if (likeness(heard, source, REACH, 0) >= SAME) return { second, offsetMs: 0 };
    const near = bestLag(heard, source, REACH, NEAR);
    const here = { second, offsetMs: near.likeness >= LEAST_LIKENESS ? inMs(near.lag) : undefined };
    if (near.likeness >= SAME) return here;
    const doubtful = near.likeness < LEAST_LIKENESS;
    if (this.#searches >= MOST_SEARCHES || (!doubtful && second % this.#stride !== 0)) return here;
    this.#searches += 1;
    const far = bestLag(heard, source, REACH, REACH);
    // Sound that repeats itself is found in many places: another one has to be clearly better.
    const isElsewhere = far.likeness >= LEAST_LIKENESS && 1 - near.likeness > 3 * (1 - far.likeness) + 0.02;
    return isElsewhere ? { second, offsetMs: inMs(far.lag) } : here;
  }
}

/** What `likeness` looks at: the second itself and `REACH` on both sides. */
function joined(before: Int16Array, own: Int16Array, after: Int16Array): Int16Array {
  const source = new Int16Array(SAMPLE_RATE + 2 * REACH);
  source.set(before.subarray(SAMPLE_RATE - REACH), 0);
  source.set(own, REACH);
  source.set(after.subarray(0, REACH), REACH + SAMPLE_RATE);
  return source;
}

function loudness(samples: Int16Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / samples.length);
}

function inMs(samples: number): number {
  return Math.round((samples * 1000) / SAMPLE_RATE);
}

import type { PublishedExpectation } from '../media/corpus-case.ts';
import type { PatternFrame } from '../media/read-pattern.ts';

/** 16 bits are burned in. */
const WRAP = 65_536;

export interface SourceFrames {
  readonly frames: readonly PatternFrame[];
  readonly times: readonly number[];
  /** How long the container says that the last frame is shown; 0 where it does not say. */
  readonly lastSeconds: number;
}

/** The numbers that a right output shows, one a grid place; the last frame fills as many places as it lasts. */
export function expectedNumbers(
  expected: PublishedExpectation,
  { frames, times, lastSeconds }: SourceFrames,
): number[] {
  if (expected.numbers !== 'grid') {
    const step = expected.numbers === 'all' ? 1 : 2;
    return Array.from({ length: expected.frames ?? 0 }, (_, index) => (index * step) % WRAP);
  }
  const [num = 0, den = 1] = expected.rate.split('/').map(Number);
  const rate = num / den;
  const zero = times[0] ?? 0;
  const places = times.map((time) => Math.round((time - zero) * rate + 1e-6));
  const count = (places.at(-1) ?? 0) + Math.max(1, Math.floor(lastSeconds * rate + 1e-3));
  const numbers: number[] = [];
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    while (at + 1 < places.length && (places[at + 1] ?? Infinity) <= place) at += 1;
    numbers.push(frames[at]?.number ?? -1);
  }
  return numbers;
}

/** Codecs make sound by so much longer than it was, in seconds. */
const PADDING_SECONDS = 0.1;

/** The last number again up to the end of the sound: as often as is shown, if that is as often as it may be. */
export function heldForSound(
  numbers: readonly number[],
  { soundSeconds, rate }: Pick<PublishedExpectation, 'soundSeconds' | 'rate'>,
  shown: number,
): number[] {
  if (soundSeconds === undefined) return [...numbers];
  const [num = 0, den = 1] = rate.split('/').map(Number);
  const [least, most] = [soundSeconds, soundSeconds + PADDING_SECONDS].map((end) => Math.ceil((end * num) / den));
  const count = Math.min(Math.max(shown, least ?? 0), most ?? 0);
  return Array.from({ length: Math.max(numbers.length, count) }, (_, place) => numbers[place] ?? numbers.at(-1) ?? -1);
}

import type { Fraction } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { detectRate, type DetectedRate } from './detect-rate.ts';
import { medianStep } from './presentation-times.ts';

export interface FramesOnGrid {
  /** Ascending, in ticks. */
  readonly times: Float64Array;
  readonly rate: DetectedRate;
  /** The first frame comes before its place, which it has among `times`. */
  readonly isFirstEarly: boolean;
}

/** Fewer frames than this tell nothing of a grid that the first one is not on, unless the source says that it has the rate of theirs. */
const LEAST_FRAMES = 4;
/** The delay of a codec of sound is shorter than this, in seconds. */
const MOST_DELAY_SECONDS = 0.1;
/** MP3 delays by less, and so do others that AVI holds. */
const MOST_HELD_SECONDS = 0.05;
/** Less off the grid is how containers round. */
const LEAST_OFF_TICKS = 1.5;
const LEAST_OFF_SECONDS = 0.0003;

/**
 * Where the first frame alone is off the grid of all others, as muxers make it that take a codec's delay for the picture's, the others
 * count. One that is whole frames away is on their grid, and those between are missing.
 */
export function onTheirGrid(times: Float64Array, timeBase: Fraction, declared: readonly Fraction[]): FramesOnGrid {
  const whole = { times, rate: detectRate(times, timeBase, declared), isFirstEarly: false };
  const [first = 0, second = first] = times;
  const ticksPerSecond = timeBase.den / timeBase.num;
  const usual = medianStep(times.subarray(1));
  if (times.length < 3 || second - first === usual) return whole;
  const others = detectRate(times.subarray(1), timeBase, declared);
  const step = ticksPerSecond / toNumber(others.rate);
  const isDeclared = declared.some((each) => Math.abs(ticksPerSecond / toNumber(each) - step) < LEAST_OFF_TICKS);
  if (times.length < LEAST_FRAMES && !isDeclared) return whole;
  const held = second - first - step;
  const off = Math.abs(held - Math.round(held / step) * step);
  const isAlone = others.kind === 'constant' && off > LEAST_OFF_TICKS && off > LEAST_OFF_SECONDS * ticksPerSecond;
  if (!isAlone || held > MOST_DELAY_SECONDS * ticksPerSecond) return whole;
  const placed = times.with(0, second - step);
  return { times: placed, rate: { ...others, places: others.places + 1 }, isFirstEarly: first < second - step };
}

/** AVI muxers leave the places behind the first empty to make up for the sound's delay; it is no frame held for longer. */
export function withoutHeldStart(times: Float64Array, timeBase: Fraction): Float64Array {
  const [first = 0, second = first] = times;
  const step = medianStep(times);
  const held = second - first - step;
  const isDelay = held === step || (held > 0 && (held * timeBase.num) / timeBase.den <= MOST_HELD_SECONDS);
  return times.length > 2 && isDelay ? times.with(0, second - step) : times;
}

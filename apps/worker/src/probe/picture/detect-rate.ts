import { MAX_FRAME_RATE, type Fraction } from '@transcode/contracts';
import { reduce, STANDARD_RATES, toNumber } from '@transcode/planner';
import { medianStep } from './presentation-times.ts';

export interface DetectedRate {
  readonly kind: 'constant' | 'variable';
  /** Exact, or the average. */
  readonly rate: Fraction;
  /** Places of the constant grid from the first to the last frame; of a variable one, its frames. */
  readonly places: number;
}

interface Fit {
  readonly rate: Fraction;
  /** Half the spread of the frames' distances from the grid, in seconds. */
  readonly error: number;
  readonly places: number;
}

/** Containers round times to this at worst and still mean a constant rate, in seconds. */
const CONTAINER_PRECISION = 0.0011;
/** Frames may be further from the grid only by the container's tick, and never by more than this share of a frame. */
const MOST_OFF_GRID = 0.3;
/** Share of the grid's places that may be missing, and one at any rate: dropped frames, which the grid fills. */
const MOST_MISSING = 0.05;
/** A step longer than so many usual ones is a pause. */
const PAUSE = 1.5;
const MOST_PAUSES = 0.15;
const FALLBACK: Fraction = { num: 25, den: 1 };
const SENSIBLE = { least: 0.01, most: 1000 };

/**
 * Whether frames lie on a constant grid, and which. `times` ascend, in ticks; `declared` is what the container says, the average
 * last.
 */
export function detectRate(times: Float64Array, timeBase: Fraction, declared: readonly Fraction[]): DetectedRate {
  const sensible = declared.filter((rate) => toNumber(rate) >= SENSIBLE.least && toNumber(rate) <= SENSIBLE.most);
  if (times.length < 2) return { kind: 'constant', rate: rateOfOne(sensible), places: 1 };
  const tick = toNumber(timeBase);
  const candidates = [...countedRate(times, timeBase), ...sensible, ...derivedRates(times, tick), ...STANDARD_RATES];
  const fits = candidates.map((rate) => fit(times, tick, rate)).filter((found) => found !== undefined);
  const least = Math.min(...fits.map(({ error }) => error));
  const equal = fits.filter(({ error }) => error <= least + Math.min(tick, CONTAINER_PRECISION) / 2);
  // Twice the rate fits as well, with each second place missing.
  const [best] = equal.toSorted((a, b) => a.places - b.places);
  if (best) return { kind: 'constant', rate: best.rate, places: best.places };
  return { kind: 'variable', rate: averageRate(times, tick), places: times.length };
}

/**
 * What is worked out from one picture's length means little. A usual rate is rather meant where one is said anywhere, or twice one, as
 * codecs that know fields say; else the usual one that is nearest.
 */
function rateOfOne(declared: readonly Fraction[]): Fraction {
  const said = declared.at(-1) ?? FALLBACK;
  const halves = declared.map(({ num, den }) => reduce(num, 2 * den));
  const nearest = STANDARD_RATES.toSorted((a, b) => apart(a, said) - apart(b, said));
  const [rate = FALLBACK] = toNumber(said) > 2 * MAX_FRAME_RATE ? [] : nearest;
  return declared.findLast(isUsual) ?? halves.findLast(isUsual) ?? rate;
}

function isUsual(rate: Fraction): boolean {
  return STANDARD_RATES.some(({ num, den }) => rate.num * den === rate.den * num);
}

function apart(a: Fraction, b: Fraction): number {
  return Math.abs(toNumber(a) - toNumber(b));
}

function fit(times: Float64Array, tick: number, rate: Fraction): Fit | undefined {
  const perTick = toNumber(rate) * tick;
  const tolerance = Math.min(Math.max(1.05 * tick, CONTAINER_PRECISION), MOST_OFF_GRID / toNumber(rate));
  const first = times[0] ?? 0;
  let [low, high, last] = [0, 0, -1];
  for (const time of times) {
    const exact = (time - first) * perTick;
    const place = Math.round(exact);
    if (place <= last) return undefined;
    last = place;
    const off = (exact - place) / toNumber(rate);
    low = Math.min(low, off);
    high = Math.max(high, off);
    if ((high - low) / 2 > tolerance) return undefined;
  }
  const places = last + 1;
  return places - times.length > Math.max(1, MOST_MISSING * places)
    ? undefined
    : { rate, error: (high - low) / 2, places };
}

/** A clock so slow counts frames: it has their rate exactly, where of a few of them ffmpeg's guess is a rounder one. */
function countedRate(times: Float64Array, timeBase: Fraction): Fraction[] {
  const step = medianStep(times);
  return toNumber(timeBase) > CONTAINER_PRECISION && step > 0 ? [reduce(timeBase.den, timeBase.num * step)] : [];
}

/** Rates that the steps between frames suggest, the plainest first. */
function derivedRates(times: Float64Array, tick: number): Fraction[] {
  const step = medianStep(times);
  if (step <= 0) return [];
  const usual = stepsOf(times).filter((length) => length > step / 2 && length < step * PAUSE);
  const mean = usual.reduce((sum, length) => sum + length, 0) / usual.length;
  const estimate = 1 / (mean * tick);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const exact = Math.round(span * tick * estimate) / (span * tick);
  // Of pictures that stay for seconds it is those that are whole, or tenths or thousandths of one.
  const slow = exact < 1 ? [1, 10, 1000].map((parts) => reduce(parts, Math.round(parts / exact))) : [];
  return [
    ...slow,
    reduce(Math.round(estimate), 1),
    reduce(Math.round((estimate * 1001) / 1000) * 1000, 1001),
    reduce(Math.round(estimate * 2), 2),
    reduce(Math.round(estimate * 100), 100),
    reduce(Math.round(exact * 1000), 1000),
    reduce(Math.round(exact * 100_000), 100_000),
  ].filter((rate) => rate.num > 0 && toNumber(rate) <= SENSIBLE.most);
}

/** The average while it runs: pauses (frames that a camera dropped) do not count as long as they are few. */
function averageRate(times: Float64Array, tick: number): Fraction {
  const steps = stepsOf(times);
  const step = medianStep(times);
  const running = steps.filter((length) => length < step * PAUSE);
  const counted = running.length >= steps.length * (1 - MOST_PAUSES) ? running : steps;
  const mean = counted.reduce((sum, length) => sum + length, 0) / counted.length;
  return reduce(Math.max(1, Math.round(1000 / (mean * tick))), 1000);
}

function stepsOf(times: Float64Array): Float64Array {
  return times.subarray(1).map((time, position) => time - (times[position] ?? time));
}

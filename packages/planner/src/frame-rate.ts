import { LEAST_FRAME_RATE, MAX_FRAME_RATE, type Fraction } from '@transcode/contracts';
import { reduce, toNumber } from './fraction.ts';

/** The rates a source of variable rate can be published at, in frames per second. */
export const STANDARD_RATES: readonly Fraction[] = [
  { num: 10, den: 1 },
  { num: 12, den: 1 },
  { num: 25, den: 2 },
  { num: 15, den: 1 },
  { num: 20, den: 1 },
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
];

/**
 * A fiftieth below the least rate is it still: of few pictures, whose container gives one of them some milliseconds more, so that the average
 * is a little less than what it was made with, each would be shown once more than needed.
 */
const NEARLY = 0.98;

/** The published rate: a constant one exactly, halved while above the limit, a multiple of one below a frame a second; for a variable one the nearest standard rate. */
export function publishedRate(source: { rateKind: 'constant' | 'variable'; rate: Fraction }): Fraction {
  return source.rateKind === 'constant' ? withinLimits(source.rate) : nearestStandardRate(toNumber(source.rate));
}

/** How often the source's rate has been halved, as a divisor: 1, 2, 4 … */
export function rateDivisor(source: Fraction, published: Fraction): number {
  return Math.max(1, Math.round(toNumber(source) / toNumber(published)));
}

function withinLimits(rate: Fraction): Fraction {
  let { num, den } = rate;
  // Of a picture every ten seconds, nobody could seek to what lies between, and players that change the rung would wait for the next.
  num *= Math.max(1, Math.ceil(((LEAST_FRAME_RATE * den) / num) * NEARLY));
  while (num / den > MAX_FRAME_RATE) den *= 2;
  return reduce(num, den);
}

function nearestStandardRate(average: number): Fraction {
  const distance = (rate: Fraction) => Math.abs(toNumber(rate) - average);
  return STANDARD_RATES.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best));
}

import type { Container } from '@transcode/contracts';

/** A timestamp, and how much sound came before it; in seconds. */
export interface TimedSound {
  readonly time: number;
  readonly before: number;
}

/** Between the halves of a sound, in seconds: more than that and than they scatter is a drift. */
const MOST_DRIFT_SECONDS = 0.1;

/**
 * When a sound starts whose timestamps make no sense. Each tells where the start would be if it were right and samples had followed one
 * another until then, and half of them lie on either side of what is chosen. Where that drifts away, as with a clock that runs too fast,
 * the first is the best there is; and a clock that stands still, is too slow or begins again never leads to before its earliest time.
 *
 * But for Ogg, which tells the time at the end of a page. What is before it is counted back from there, too far where pages hold more
 * than it seems, so that the latest is right.
 */
export function startOf(timed: readonly TimedSound[], container: Container): number {
  const [first] = timed;
  if (first === undefined) return 0;
  const starts = timed.map(({ time, before }) => time - before);
  if (container === 'ogg') return starts.reduce((latest, start) => Math.max(latest, start));
  const median = quantile(starts, 1 / 2);
  const start = isDrifting(starts) ? Math.min(first.time - first.before, median) : median;
  // What has no time of its own comes before the first that has.
  return Math.max(start, timed.reduce((least, { time }) => Math.min(least, time), Infinity) - first.before);
}

function isDrifting(starts: readonly number[]): boolean {
  const half = Math.floor(starts.length / 2);
  const [early, late] = [starts.slice(0, half), starts.slice(half)];
  if (early.length === 0) return false;
  const apart = Math.abs(quantile(late, 1 / 2) - quantile(early, 1 / 2));
  return apart > Math.max(scatter(early), scatter(late)) + MOST_DRIFT_SECONDS;
}

/** The span that the middle half of these takes. */
function scatter(values: readonly number[]): number {
  return quantile(values, 3 / 4) - quantile(values, 1 / 4);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

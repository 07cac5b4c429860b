import { mean, slope, type Point } from './least-squares.ts';

/** Everything that was measured at one moment, by name. */
export interface Sample {
  /** Videos made and, but for the newest, deleted by then. */
  readonly videos: number;
  readonly values: Readonly<Record<string, number>>;
}

/** A measure may grow by so much over the whole window, whichever is more. */
export interface Bound {
  readonly absolute: number;
  /** Of its mean. */
  readonly share: number;
  /**
   * `line`: what the line nearest to all samples rises by. `floor`: how much the least of the later half is above the least of the
   * earlier one, for what goes up and down by itself, as memory does between two collections of garbage.
   */
  readonly by: 'line' | 'floor';
}

export interface Verdict {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** From the first sample to the last, as its bound says. */
  readonly growth: number;
  readonly allowed: number;
  readonly holds: boolean;
}

/** Holds each measure to its bound, over all samples: two of them alone would be an accident. */
export function judgeFlatness(samples: readonly Sample[], boundOf: (name: string) => Bound): Verdict[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  return Object.keys(first.values).map((name) => {
    const points = samples.map(({ videos, values }) => ({ x: videos, y: values[name] ?? Number.NaN }));
    const { absolute, share, by } = boundOf(name);
    const growth = by === 'floor' ? riseOfFloor(points) : slope(points) * (last.videos - first.videos);
    const allowed = Math.max(absolute, share * mean(points.map(({ y }) => y)));
    const [from, to] = [points[0]?.y ?? Number.NaN, points.at(-1)?.y ?? Number.NaN];
    return { name, first: from, last: to, growth, allowed, holds: growth <= allowed };
  });
}

function riseOfFloor(points: readonly Point[]): number {
  const half = Math.ceil(points.length / 2);
  return least(points.slice(half)) - least(points.slice(0, half));
}

function least(points: readonly Point[]): number {
  return Math.min(...points.map(({ y }) => y));
}

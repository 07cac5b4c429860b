import { mean, slope } from './least-squares.ts';

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
}

export interface Verdict {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** What the line through all samples rises by from the first to the last of them. */
  readonly growth: number;
  readonly allowed: number;
  readonly holds: boolean;
}

/** Holds each measure to its bound, by the line nearest to all its samples: two of them alone would be an accident. */
export function judgeFlatness(samples: readonly Sample[], boundOf: (name: string) => Bound): Verdict[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return [];
  return Object.keys(first.values).map((name) => {
    const points = samples.map(({ videos, values }) => ({ x: videos, y: values[name] ?? Number.NaN }));
    const growth = slope(points) * (last.videos - first.videos);
    const { absolute, share } = boundOf(name);
    const allowed = Math.max(absolute, share * mean(points.map(({ y }) => y)));
    const [from, to] = [points[0]?.y ?? Number.NaN, points.at(-1)?.y ?? Number.NaN];
    return { name, first: from, last: to, growth, allowed, holds: growth <= allowed };
  });
}

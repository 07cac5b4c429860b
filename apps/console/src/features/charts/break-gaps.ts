/** A moment with the values of each series; null where one was not told. */
export interface ChartPoint {
  readonly at: number;
  readonly [series: string]: number | null;
}

/** The points with an empty one in each gap, so that no line is drawn over a time in which nobody looked. */
export function breakGaps(points: readonly ChartPoint[], gapMs: number): ChartPoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > gapMs ? [{ at: before.at + 1 }, point] : [point];
  });
}

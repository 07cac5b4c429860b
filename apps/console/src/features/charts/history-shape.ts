import { breakGaps, type ChartPoint } from './break-gaps.ts';

interface Frame {
  readonly from: number;
  readonly to: number;
  /** The top of the scale. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A series as paths in a frame: one for each time without a gap, the lines and what is below them. */
export function historyShape(
  points: readonly ChartPoint[],
  { key, gapMs }: { readonly key: string; readonly gapMs: number },
  { from, to, top, width, height }: Frame,
): { readonly line: string; readonly area: string } {
  const pieces: (readonly [number, number])[][] = [[]];
  for (const point of breakGaps(points, gapMs)) {
    const value = point[key];
    if (value === undefined || value === null) pieces.push([]);
    else if (point.at >= from && point.at <= to) {
      pieces.at(-1)?.push([((point.at - from) / (to - from)) * width, (1 - value / top) * height]);
    }
  }
  const drawn = pieces
    .filter((piece) => piece.length > 0)
    .map((piece) => piece.map(([x, y]) => `${round(x)} ${round(y)}`));
  return {
    // Of a single point a line of no length is drawn, which round ends make a dot.
    line: drawn.map((piece) => `M${piece.join('L')}${piece.length === 1 ? 'h0' : ''}`).join(''),
    area: drawn
      .map((piece) => `M${leftOf(piece[0])} ${height}L${piece.join('L')}L${leftOf(piece.at(-1))} ${height}Z`)
      .join(''),
  };
}

function leftOf(place = ''): string {
  return place.split(' ')[0] ?? '';
}

/** A tenth of a pixel is seen by nobody. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

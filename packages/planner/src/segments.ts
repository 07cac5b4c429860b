import type { Grid } from '@transcode/contracts';

/** A rest shorter than this goes into the segment before it: a segment of one frame has an absurd bit rate. */
export const SHORTEST_TAIL_SECONDS = 0.45;

/** The fewest frames that are a segment of their own behind another. */
export function shortestTail(timescale: number, frameTicks: number): number {
  return Math.max(1, Math.ceil((SHORTEST_TAIL_SECONDS * timescale) / Math.max(frameTicks, 1)));
}

/** How many segments so many frames of the grid are cut into. */
export function segmentsOf(
  frames: number,
  { segmentFrames, timescale, frameTicks }: Pick<Grid, 'segmentFrames' | 'timescale' | 'frameTicks'>,
): number {
  const whole = Math.floor(frames / segmentFrames);
  const rest = frames % segmentFrames;
  return Math.max(1, rest >= shortestTail(timescale, frameTicks) ? whole + 1 : whole);
}

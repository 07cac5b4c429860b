import type { Fraction, Grid } from '@transcode/contracts';
import { ratio, toNumber } from './fraction.ts';
import { rateDivisor } from './frame-rate.ts';

/** At most this long, the last picture stands in for frames at the end which cannot be decoded. */
const HELD_TAIL_SECONDS = 1;

/**
 * Brings frames on the source's clock to the constant grid. Each is first moved to its place by one rounding that does not depend
 * on where the decoder started, so that two chunks agree about every frame; `fps` then only fills and drops. A source of twice the
 * rate keeps its even frames: `early` is half a source frame.
 */
export function gridFilter(grid: Grid, sourceRate: Fraction): string {
  const rate = ratio(grid.rate);
  const early = 0.5 / rateDivisor(sourceRate, grid.rate);
  const place = `ceil((PTS*TB-${decimal(grid.zeroSeconds)})*${rate}-${early})`;
  const held = Math.max(1, Math.ceil(HELD_TAIL_SECONDS * toNumber(grid.rate)));
  return [
    'settb=AVTB',
    `setpts=round(${place}*${grid.rate.den}/${grid.rate.num}/TB)`,
    `fps=${rate}:start_time=0`,
    `tpad=stop_mode=clone:stop=${held}`,
    `trim=start_frame=0:end_frame=${grid.frames}`,
  ].join(',');
}

/** Frames of the grid to let through, counted from `fromFrame`, which lies before them where decoding starts after a seek. */
export interface GridWindow {
  readonly fromFrame: number;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** The same filters for a part of the grid. */
export function windowed(filter: string, grid: Grid, { fromFrame, startFrame, endFrame }: GridWindow): string {
  const from = decimal((fromFrame * grid.rate.den) / grid.rate.num);
  return filter
    .replace(/(?<=,fps=[\d/]+:start_time=)0(?=,)/, from)
    .replace(/(?<=,trim=start_frame=)0:end_frame=\d+/, `${startFrame - fromFrame}:end_frame=${endFrame - fromFrame}`);
}

/** Without an exponent, which ffmpeg would read as a unit. */
export function decimal(value: number): string {
  return value
    .toFixed(9)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

import type { Grid, Probe } from '@transcode/contracts';
import { ratio, toNumber } from '../fraction.ts';
import { rateDivisor } from '../frame-rate.ts';

/** At most this long, or as long as it lasts itself, the last picture stands in for frames at the end which cannot be decoded. */
const HELD_TAIL_SECONDS = 1;

/** A frame in the middle between two places goes to the later one, also where its time was rounded. */
const TIE = 0.000001;

/**
 * Microseconds by which a frame is put past its place, so that the end of the stream is past one too: rounded up, it is then after
 * the last frame, which `fps` would drop if it ended where it starts.
 */
const PAST_PLACE = 10;

/**
 * Brings frames on the source's clock to the constant grid. Each is first moved to its place by one rounding that does not depend
 * on where the decoder started, so that two chunks agree about every frame; `fps` then only fills and drops, and passes the last
 * frame however short it is. A source of twice the rate keeps its even frames, however its times are rounded.
 */
export function gridFilter(grid: Grid, { container, video }: Pick<Probe, 'container' | 'video'>): string {
  const rate = ratio(grid.rate);
  const divisor = video.rateKind === 'constant' ? rateDivisor(video.rate, grid.rate) : 1;
  const seconds = video.isCounted === true ? `N*${video.rate.den}/${video.rate.num}` : `PTS*TB`;
  const nearest = `floor((${seconds}-${decimal(grid.zeroSeconds)})*${rate}+${1 - 0.5 / divisor + TIE})`;
  const place = placeOf(nearest, { container, video, divisor, rate });
  const lasts = video.endSeconds - (video.lastSeconds ?? video.endSeconds);
  const held = Math.max(1, Math.ceil(Math.max(HELD_TAIL_SECONDS, lasts) * toNumber(grid.rate) - 1e-6));
  return [
    'settb=AVTB',
    `setpts=round(${place}*${grid.rate.den}/${grid.rate.num}/TB)+${PAST_PLACE}`,
    `fps=${rate}:start_time=0:eof_action=pass`,
    `tpad=stop_mode=clone:stop=${held}`,
    `trim=start_frame=0:end_frame=${grid.pictureFrames ?? grid.frames}`,
  ].join(',');
}

function placeOf(
  nearest: string,
  { container, video, divisor, rate }: Pick<Probe, 'container' | 'video'> & { divisor: number; rate: string },
): string {
  if (container === 'avi' && video.rateKind === 'constant' && divisor === 1) return placeOfItsOwn(nearest, rate);
  return video.isFirstEarly === true ? `max(${nearest},0)`.replaceAll(',', '\\,') : nearest;
}

/**
 * AVI knows only when a frame is decoded. Where frames are reordered the last few come with times too close together: each then
 * takes the next free place, at most two away.
 */
function placeOfItsOwn(nearest: string, rate: string): string {
  const next = `if(isnan(PREV_OUTPTS),ld(0),round(PREV_OUTPTS*TB*${rate})+1)`;
  return `min(max(st(0,${nearest}),${next}),ld(0)+2)`.replaceAll(',', '\\,');
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
    .replace(/(?<=,fps=[\d/]+:start_time=)0(?=:)/, from)
    .replace(/(?<=,trim=start_frame=)0:end_frame=\d+/, `${startFrame - fromFrame}:end_frame=${endFrame - fromFrame}`);
}

/** Without an exponent, which ffmpeg would read as a unit. */
export function decimal(value: number): string {
  return value
    .toFixed(9)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

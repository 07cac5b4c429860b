import type { Grid, Keyframe, Probe } from '@transcode/contracts';
import { seekMargin } from './demuxer.ts';
import { toNumber } from './fraction.ts';
import { leadInFrame } from './seek-argv.ts';

/** Where decoding starts so that every frame from `startFrame` on is as if all of the source had been decoded. */
export interface PlannedSeek {
  /** Seconds on the source's clock; absent: the beginning. */
  readonly seekSeconds?: number;
  /** Seconds that are decoded before the first frame that counts. */
  readonly leadSeconds: number;
}

/** Times of containers are rounded, in seconds. */
const ROUNDING = 0.002;

/**
 * The last key frame at or before the lead-in: from there on, every frame that can decide about the grid is decoded, also one that
 * is shown for a long time. Frames of an open group that refer to what lies before are shown earlier than it, and dropped.
 */
export function planSeek(
  { container, video }: Pick<Probe, 'container' | 'video'>,
  grid: Grid,
  startFrame: number,
): PlannedSeek {
  const start = secondsAt(grid, startFrame);
  const leadIn = secondsAt(grid, leadInFrame(startFrame));
  const margin = seekMargin(container);
  const keyframe = margin === 'never' ? undefined : lastKeyframe(video, leadIn);
  if (margin === 'never' || keyframe === undefined) return { leadSeconds: start - grid.zeroSeconds };
  const { shownSeconds, decodedSeconds } = keyframe;
  const at = margin === 0 ? shownSeconds : Math.min(shownSeconds, decodedSeconds) - margin;
  const leadSeconds = start - Math.min(shownSeconds, at);
  return at <= video.startSeconds ? { leadSeconds } : { seekSeconds: Math.round(at * 1e6) / 1e6, leadSeconds };
}

function secondsAt(grid: Grid, frame: number): number {
  return grid.zeroSeconds + frame / toNumber(grid.rate);
}

function lastKeyframe({ keyframes, startSeconds }: Probe['video'], before: number): Keyframe | undefined {
  const found = keyframes.findLast(({ shownSeconds }) => shownSeconds <= before - ROUNDING);
  return found === undefined || found.shownSeconds <= startSeconds ? undefined : found;
}

import type { Grid, Preset, VideoRendition, VideoStream } from '@transcode/contracts';
import { ladder, type LadderRung } from './ladder.ts';

/** Peak over average that Apple's authoring rules allow. */
const PEAK = 2;

/**
 * Pictures of no more macroblocks than this (352x288) are all said to be of level 3: the lowest ones have a number of their own in the High
 * profile, 1b, that browsers say they do not know.
 */
const SMALL_MACROBLOCKS = 396;

/** One H.264 rendition a rung, highest first. */
export function videoRenditions(video: VideoStream, preset: Preset, grid: Grid): VideoRendition[] {
  return ladder(video, preset).map(({ width, height, bitRate }) => ({
    kind: 'video',
    name: `v${Math.min(width, height)}`,
    width,
    height,
    bitRate,
    peakBitRate: PEAK * bitRate,
    encoder: { name: 'libx264', options: x264Options(preset, grid, { width, height, bitRate }) },
  }));
}

/**
 * Constant quality under the rung's cap. A key frame on every first frame of a group and nowhere else, groups closed; x264
 * chooses the level of larger pictures from size, rate and cap.
 */
function x264Options(preset: Preset, grid: Grid, { width, height, bitRate }: LadderRung): string[] {
  const gop = String(grid.gopFrames);
  return [
    ...['-preset', preset.speed, '-profile:v', 'high', ...levelOf({ width, height }), '-pix_fmt', 'yuv420p'],
    ...['-crf', String(preset.crf), '-maxrate', String(bitRate), '-bufsize', String(PEAK * bitRate)],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-flags', '+cgop'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
  ];
}

function levelOf({ width, height }: Pick<LadderRung, 'width' | 'height'>): string[] {
  return Math.ceil(width / 16) * Math.ceil(height / 16) <= SMALL_MACROBLOCKS ? ['-level', '3.0'] : [];
}

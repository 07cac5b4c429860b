import type { Grid, Probe } from '@transcode/contracts';
import { colourFilter } from './colour-filter.ts';
import { deinterlaceAsCoded, deinterlaceFilter } from './deinterlace-filter.ts';
import { changesShape, fitFilter, fittingFrame, turnFilter } from './fit-filter.ts';
import { gridFilter } from './grid-filter.ts';

/**
 * The filters that make the source's picture the reference. Frames are dropped before anything costly is done to them. They
 * expect `-copyts`, and ffmpeg's own turning upright but where pictures change their shape: those they turn themselves.
 */
export function referenceFilter(probe: Probe, grid: Grid, size: { width: number; height: number }): string {
  const { video } = probe;
  const { blankLines = 0 } = video;
  const picture = blankLines === 0 ? [] : [`crop=iw:ih-${blankLines}:0:${blankLines}`];
  const upright = changesShape(video)
    ? [...fitFilter(video, fittingFrame(video, size)), ...deinterlaceAsCoded(video.scan), ...turnFilter(video)]
    : deinterlaceFilter(video);
  return [...picture, ...upright, gridFilter(grid, probe), ...colourFilter(video, size)].join(',');
}

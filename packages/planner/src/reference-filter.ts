import type { Grid, Probe } from '@transcode/contracts';
import { colourFilter } from './colour-filter.ts';
import { deinterlaceFilter } from './deinterlace-filter.ts';
import { gridFilter } from './grid-filter.ts';

/**
 * The filters that make the source's picture the reference. Frames are dropped before anything costly is done to them. They
 * expect `-copyts` and ffmpeg's own turning upright, which is on unless told otherwise.
 */
export function referenceFilter(probe: Probe, grid: Grid, size: { width: number; height: number }): string {
  return [...deinterlaceFilter(probe.video), gridFilter(grid, probe), ...colourFilter(probe.video, size)].join(',');
}

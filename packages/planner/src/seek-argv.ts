import type { Grid, Plan } from '@transcode/contracts';
import { seekMargin } from './demuxer.ts';
import { toNumber } from './fraction.ts';
import { decimal } from './grid-filter.ts';

/** The grid is counted from this many frames before a cut, so that a frame which fills the first place is there. */
const LEAD_FRAMES = 45;

export function leadInFrame(startFrame: number): number {
  return Math.max(0, startFrame - LEAD_FRAMES);
}

/** By the source's own clock, to wherever a key frame is: what comes too early is dropped by the grid, exactly. */
export function seekArgv(plan: Plan, fromFrame: number): string[] {
  if (fromFrame === 0) return [];
  const at = secondsAt(plan.grid, fromFrame) - seekMargin(plan.demuxer);
  return ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', decimal(at)];
}

function secondsAt(grid: Grid, frame: number): number {
  return grid.zeroSeconds + frame / toNumber(grid.rate);
}

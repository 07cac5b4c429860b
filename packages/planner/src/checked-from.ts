import type { Grid, PlannedChunk } from '@transcode/contracts';

/** So many published frames before a chunk are judged with it: then its parts find what the whole video would. */
export const JUDGED_BEFORE = 48;
/** A frame is compared with the source's frames this many places before and after its own. */
export const COMPARED_REACH = 2;

/** How many published frames before a chunk are checked with it, in whole groups. */
export function judgedBefore({ startFrame }: Pick<PlannedChunk, 'startFrame'>, { gopFrames }: Grid): number {
  return Math.ceil(Math.min(startFrame, JUDGED_BEFORE) / gopFrames) * gopFrames;
}

/** The first frame of the source that is needed to check a chunk. */
export function checkedFrom(chunk: Pick<PlannedChunk, 'startFrame'>, grid: Grid): number {
  return Math.max(0, chunk.startFrame - judgedBefore(chunk, grid) - COMPARED_REACH);
}

import type { Plan, PlannedChunk, Probe } from '@transcode/contracts';
import { planSeek, type FrameWindow } from '@transcode/planner';
import { leadInFrames } from './lead-in.ts';
import { REACH } from './picture-fits.ts';

/** The frames of the source, without those for which the last is held, that a chunk and its lead-in are compared with, reached from a key frame before all of them. */
export function referenceWindow({ grid }: Plan, chunk: PlannedChunk, probe: Probe): FrameWindow {
  const pictures = grid.pictureFrames ?? grid.frames;
  const startFrame = Math.min(pictures - 1, Math.max(0, chunk.startFrame - leadInFrames(chunk, grid) - REACH));
  const { seekSeconds } = planSeek(probe, grid, startFrame);
  return { startFrame, endFrame: Math.min(pictures, chunk.endFrame + REACH), seekSeconds };
}

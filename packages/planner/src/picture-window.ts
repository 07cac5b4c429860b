import type { Plan, PlannedChunk } from '@transcode/contracts';
import { windowed } from './grid-filter.ts';
import { leadInFrame, seekArgv } from './seek-argv.ts';
import { sourceArgv } from './source-argv.ts';

/** Frames `startFrame` (included) to `endFrame` (excluded) of the grid, and where decoding has to begin for them. */
export type FrameWindow = Pick<PlannedChunk, 'startFrame' | 'endFrame' | 'seekSeconds'>;

export interface PictureWindow {
  /** Arguments that open the source where decoding has to begin. They expect `-copyts -reinit_filter 0` before them. */
  readonly input: string[];
  /** From the source's picture to exactly these frames, as the reference. */
  readonly filter: string;
}

/** A part of the picture, decoded from before it: the same way for those who encode it and those who compare with it. */
export function pictureWindow(
  plan: Plan,
  { startFrame, endFrame, ...seek }: FrameWindow,
  io: { readonly source: string; readonly protocols: string },
): PictureWindow {
  const fromFrame = leadInFrame(startFrame);
  return {
    input: [...seekArgv(seek), ...sourceArgv({ ...io, demuxer: plan.demuxer })],
    filter: `[0:${plan.videoStreamIndex}]${windowed(plan.referenceFilter, plan.grid, { fromFrame, startFrame, endFrame })}`,
  };
}

import type { Plan } from '@transcode/contracts';
import { windowed } from './grid-filter.ts';
import { leadInFrame, seekArgv } from './seek-argv.ts';
import { sourceArgv } from './source-argv.ts';

/** Frames `startFrame` (included) to `endFrame` (excluded) of the grid. */
export interface FrameWindow {
  readonly startFrame: number;
  readonly endFrame: number;
  /** Where decoding has to start for them, as `planSeek` says. */
  readonly seekSeconds?: number | undefined;
}

export interface PictureWindow {
  /** Arguments that open the source. They expect `-copyts -reinit_filter 0` before them. */
  readonly input: string[];
  /** From the source's picture to exactly these frames, as the reference. */
  readonly filter: string;
}

/** A part of the picture, decoded from before it: the same way for those who encode it and those who compare with it. */
export function pictureWindow(
  plan: Plan,
  { startFrame, endFrame, seekSeconds }: FrameWindow,
  io: { readonly source: string; readonly protocols: string },
): PictureWindow {
  const fromFrame = leadInFrame(startFrame);
  const reference = windowed(plan.referenceFilter, plan.grid, { fromFrame, startFrame, endFrame });
  return {
    input: [...seekArgv({ seekSeconds }), ...sourceArgv({ ...io, demuxer: plan.demuxer })],
    filter: `[0:${plan.videoStreamIndex}]${reference}`,
  };
}

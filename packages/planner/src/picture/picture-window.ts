import type { Plan } from '@transcode/contracts';
import { windowed } from './grid-filter.ts';
import { leadInFrame, seekArgv } from '../seek-argv.ts';
import { plannedSourceArgv, turnArgv } from '../source-argv.ts';

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
  /** From the source's picture to these frames, as the reference. */
  readonly filter: string;
  /** What brings the last of them to the end of the window, behind all that is done to a picture; empty where nothing is missing. */
  readonly hold: string;
}

/** A part of the picture, decoded from before it: the same way for those who encode it and those who compare with it. */
export function pictureWindow(
  plan: Plan,
  { startFrame, endFrame, seekSeconds }: FrameWindow,
  io: { readonly source: string; readonly protocols: string },
): PictureWindow {
  const pictures = plan.grid.pictureFrames ?? plan.grid.frames;
  const shown = { startFrame: Math.min(startFrame, pictures - 1), endFrame: Math.min(endFrame, pictures) };
  const held = endFrame - startFrame - (shown.endFrame - shown.startFrame);
  const reference = windowed(plan.referenceFilter, plan.grid, { fromFrame: leadInFrame(shown.startFrame), ...shown });
  return {
    input: [...seekArgv({ seekSeconds }), ...turnArgv(plan), ...plannedSourceArgv(plan, io)],
    filter: `[0:${plan.videoStreamIndex}]${reference}`,
    hold: held > 0 ? `,tpad=stop_mode=clone:stop=${held}` : '',
  };
}

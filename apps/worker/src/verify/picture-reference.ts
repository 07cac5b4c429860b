import { Readable } from 'node:stream';
import type { Plan } from '@transcode/contracts';
import { pictureReferenceArgv, toNumber, type FrameWindow } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { THUMBNAIL, thumbnails } from './thumbnails.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

/** A part of the source as it should have come out, in thumbnails. It is as small as a chunk is short: 1.3 MB a minute. */
export interface PictureReference {
  /** Undefined before the part and behind it. */
  picture(frame: number): Buffer | undefined;
}

/** Reads that part of the source once more, independently of how it was encoded. */
export async function readPictureReference(
  { tools, scratch, signal, ...context }: VerifyContext,
  plan: Plan,
  { window, onFrames }: { window: FrameWindow; onFrames: (frames: number) => void },
): Promise<PictureReference> {
  const { startFrame, endFrame } = window;
  const source = await context.source();
  const pictures: Buffer[] = [];
  await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: pictureReferenceArgv(
      plan,
      { ...window, thumbnail: THUMBNAIL },
      { source: source.input, protocols: source.protocols, output: outputPipe(0), progress: PROGRESS_PIPE },
    ),
    outputs: 1,
    source,
    mediaSeconds: endFrame / toNumber(plan.grid.rate),
    cwd: scratch,
    signal,
    onProgress: ({ frame = 0 }) => onFrames(frame),
    consume: async ([output]) => {
      for await (const picture of thumbnails(output ?? Readable.from([]))) pictures.push(picture);
    },
  });
  if (pictures.length !== endFrame - startFrame)
    throw verifyFailed(
      `${pictures.length} frames of the source can be decoded now from frame ${startFrame} on, planned were ${endFrame - startFrame}`,
    );
  return { picture: (frame) => pictures[frame - startFrame] };
}

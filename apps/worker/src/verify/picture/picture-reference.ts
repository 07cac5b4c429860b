import { Readable } from 'node:stream';
import type { Plan, Probe } from '@transcode/contracts';
import {
  changesShape,
  pictureReferenceArgv,
  squeezedReferenceArgv,
  toNumber,
  type FrameWindow,
  type PictureReferenceInputs,
} from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../ffmpeg/run-ffmpeg.ts';
import { shownAspect, sizeIn, type Size } from './shown-shapes.ts';
import { THUMBNAIL, THUMBNAIL_BYTES, thumbnails } from './thumbnails.ts';
import { SQUEEZED, SQUEEZED_BYTES, unsqueezer } from './unsqueeze.ts';
import type { VerifyContext } from '../verify-context.ts';
import { verifyFailed } from '../verify-failed.ts';

/** A part of the source as it should have come out, in thumbnails. It is as small as a chunk is short: 1.3 MB a minute. */
export interface PictureReference {
  /** Undefined before the part and behind it. */
  picture(frame: number): Buffer | undefined;
}

export interface ReferenceWanted {
  readonly plan: Plan;
  readonly probe: Probe;
  readonly window: FrameWindow;
  readonly onFrames: (frames: number) => void;
}

/**
 * Reads that part of the source once more, independently of how it was encoded. Where pictures change their shape, how each lies in
 * the frame is worked out here and not by the filters that encoded it.
 */
export async function readPictureReference(context: VerifyContext, wanted: ReferenceWanted): Promise<PictureReference> {
  const { plan, probe, window } = wanted;
  const { startFrame, endFrame } = window;
  const pictures = changesShape(probe.video) ? await readSqueezed(context, wanted) : await readWhole(context, wanted);
  if (pictures.length !== endFrame - startFrame)
    throw verifyFailed(
      `${pictures.length} frames of the source can be decoded now from frame ${startFrame} on, planned were ${endFrame - startFrame}`,
    );
  return { picture: placed(pictures, plan, startFrame) };
}

/** By the number of the frame; the last one of the source stands for those for which it is held. */
function placed(
  pictures: readonly Buffer[],
  { grid: { frames, pictureFrames = frames } }: Plan,
  startFrame: number,
): PictureReference['picture'] {
  return (frame) => (frame < frames ? pictures[Math.min(frame, pictureFrames - 1) - startFrame] : undefined);
}

async function readWhole(context: VerifyContext, wanted: ReferenceWanted): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  await readSmall(context, wanted, {
    argv: (io) => pictureReferenceArgv(wanted.plan, { ...wanted.window, thumbnail: THUMBNAIL }, io),
    bytes: THUMBNAIL_BYTES,
    take: (picture) => pictures.push(picture),
  });
  return pictures;
}

/** Each picture comes squeezed into one size, and its own size by another way: it is made whole once both are there. */
async function readSqueezed(context: VerifyContext, wanted: ReferenceWanted): Promise<Buffer[]> {
  const { plan, probe, window } = wanted;
  const frame = plan.reference.width / plan.reference.height;
  const squeezed: Buffer[] = [];
  const sizes: Size[] = [];
  const whole: Buffer[] = [];
  const makers = new Map<number, (picture: Buffer) => Buffer>();
  const makeWhole = (): void => {
    const [picture, size] = [squeezed[0], sizes[0]];
    if (picture === undefined || size === undefined) return;
    const aspect = shownAspect(size, probe.video, { grid: plan.grid, frame: window.startFrame + whole.length });
    const make = makers.get(aspect) ?? unsqueezer({ picture: aspect, frame });
    makers.set(aspect, make);
    whole.push(make(picture));
    squeezed.shift();
    sizes.shift();
  };
  await readSmall(context, wanted, {
    argv: (io) => squeezedReferenceArgv(plan, { probe, window, thumbnail: SQUEEZED }, io),
    bytes: SQUEEZED_BYTES,
    take: (picture) => {
      squeezed.push(picture);
      makeWhole();
    },
    onInfo: (line) => {
      const size = sizeIn(line);
      if (size === undefined) return;
      sizes.push(size);
      makeWhole();
    },
  });
  if (squeezed.length + sizes.length > 0)
    throw new Error(`ffmpeg said the size of ${sizes.length - squeezed.length} pictures more than it gave`);
  return whole;
}

interface SmallPictures {
  readonly argv: (io: PictureReferenceInputs) => string[];
  /** Of one picture. */
  readonly bytes: number;
  readonly take: (picture: Buffer) => void;
  readonly onInfo?: (line: string) => void;
}

async function readSmall(
  { tools, scratch, signal, ...context }: VerifyContext,
  { plan, window, onFrames }: ReferenceWanted,
  { argv, bytes, take, onInfo }: SmallPictures,
): Promise<void> {
  const source = await context.source();
  const io = { source: source.input, protocols: source.protocols, output: outputPipe(0), progress: PROGRESS_PIPE };
  await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: argv(io),
    outputs: 1,
    source,
    mediaSeconds: window.endFrame / toNumber(plan.grid.rate),
    cwd: scratch,
    signal,
    onProgress: ({ frame = 0 }) => onFrames(frame),
    ...(onInfo === undefined ? {} : { onInfo }),
    consume: async ([output]) => {
      for await (const picture of thumbnails(output ?? Readable.from([]), bytes)) take(picture);
    },
  });
}

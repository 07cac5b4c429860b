import { Readable } from 'node:stream';
import type { Plan, PlannedChunk } from '@transcode/contracts';
import { thumbnailFilter, toNumber } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../ffmpeg/run-ffmpeg.ts';
import { asVerifyFailure } from '../as-verify-failure.ts';
import { checkedBytes, totalsFrom, type SegmentCheck } from '../check-segments.ts';
import { decodeArgv } from '../decode-argv.ts';
import { judgePicture } from './judge-picture.ts';
import { leadInFrames, readLeadIn } from './lead-in.ts';
import { fitPictures } from './picture-fits.ts';
import type { PictureReference } from './picture-reference.ts';
import type { ListedTrack } from '../read-playlists.ts';
import { starvedFrames } from './starved-frames.ts';
import { THUMBNAIL, thumbnails } from './thumbnails.ts';
import type { VerifyContext } from '../verify-context.ts';
import { verifyFailed } from '../verify-failed.ts';

export interface PictureCheck extends Omit<SegmentCheck, 'sampleTicks'> {
  readonly plan: Plan;
  readonly chunk: PlannedChunk;
  readonly reference: PictureReference;
  readonly onFrames: (frames: number) => void;
}

/** Decodes one chunk of a rendition, counts its frames, and compares each with the source's frame of the same number. */
export async function checkPicture(
  { tools, scratch, signal }: VerifyContext,
  track: ListedTrack,
  { plan, chunk, reference, onFrames, reader, committed }: PictureCheck,
): Promise<void> {
  const { grid } = plan;
  const { startFrame, endFrame } = chunk;
  const { rendition } = track;
  const from = startFrame - leadInFrames(chunk, grid);
  const leadIn = await readLeadIn(reader, track, { chunk, grid });
  const totals = totalsFrom(startFrame * grid.frameTicks);
  const check = { reader, committed, sampleTicks: grid.frameTicks, leadIn: leadIn.bytes, totals };
  const { value: fits } = await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-map', '0:v:0', '-vf', thumbnailFilter(THUMBNAIL), '-fps_mode', 'passthrough', '-f', 'rawvideo'],
      outputPipe(0),
    ],
    outputs: 1,
    inputs: [Readable.from(checkedBytes(partOf(track, chunk, plan), check), { objectMode: false })],
    mediaSeconds: (endFrame - from) / toNumber(grid.rate),
    cwd: scratch,
    signal,
    onProgress: ({ frame = 0 }) => onFrames(frame),
    consume: ([output]) => fitPictures(thumbnails(output ?? Readable.from([])), reference, from),
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, rendition);
  });
  const where = `chunk ${chunk.index} of ${rendition}`;
  const frames = endFrame - startFrame;
  if (totals.frames !== frames) throw verifyFailed(`${where} has ${totals.frames} frames, planned were ${frames}`);
  if (fits.to !== endFrame)
    throw verifyFailed(`${fits.to - startFrame} frames of ${where} can be decoded, not ${frames}`);
  const bitRate = plan.video.find(({ name }) => name === rendition)?.bitRate ?? Infinity;
  const isStarved = starvedFrames([...leadIn.measured, ...totals.segments], { from, bitRate, rate: grid.rate });
  const wrong = judgePicture(fits, { startFrame, endFrame, frames: grid.frames }, isStarved);
  if (wrong !== undefined) throw verifyFailed(`${rendition}: ${wrong}`);
}

/** The segments at the chunk's places of the playlist: it is whole segments, and so is what comes before. */
function partOf(track: ListedTrack, { startFrame, endFrame }: PlannedChunk, { grid }: Plan): ListedTrack {
  const [first, end] = [startFrame / grid.segmentFrames, Math.ceil(endFrame / grid.segmentFrames)];
  return { ...track, segments: track.segments.slice(first, end) };
}

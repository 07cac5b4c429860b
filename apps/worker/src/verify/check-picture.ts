import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Plan } from '@transcode/contracts';
import { thumbnailFilter } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { asVerifyFailure } from './as-verify-failure.ts';
import { checkedBytes, noTotals, type SegmentCheck } from './check-segments.ts';
import { decodeArgv } from './decode-argv.ts';
import { judgePicture } from './judge-picture.ts';
import { fitPictures } from './picture-fits.ts';
import type { ListedTrack } from './read-playlists.ts';
import { starvedFrames } from './starved-frames.ts';
import { THUMBNAIL, thumbnails } from './thumbnails.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

export interface PictureCheck extends SegmentCheck {
  readonly plan: Plan;
  /** Thumbnails of the source, as a raw file. */
  readonly reference: string;
  readonly onFrames: (frames: number) => void;
}

/** Decodes a whole rendition, counts its frames, and compares each with the source's frame of the same number. */
export async function checkPicture(
  { tools, scratch, signal }: VerifyContext,
  track: ListedTrack,
  { plan, reference, onFrames, ...check }: PictureCheck,
): Promise<void> {
  const totals = noTotals();
  const { value: compared } = await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-map', '0:v:0', '-vf', thumbnailFilter(THUMBNAIL), '-fps_mode', 'passthrough', '-f', 'rawvideo'],
      outputPipe(0),
    ],
    outputs: 1,
    inputs: [Readable.from(checkedBytes(track, { ...check, totals }), { objectMode: false })],
    cwd: scratch,
    signal,
    onProgress: ({ frame = 0 }) => onFrames(frame),
    consume: ([output]) =>
      fitPictures(thumbnails(output ?? Readable.from([])), thumbnails(createReadStream(reference))),
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, track.rendition);
  });
  const { frames, rate } = plan.grid;
  const { rendition } = track;
  if (totals.frames !== frames) throw verifyFailed(`${rendition} has ${totals.frames} frames, planned were ${frames}`);
  if (compared.published !== frames)
    throw verifyFailed(`${compared.published} frames of ${rendition} can be decoded, not ${frames}`);
  if (compared.source !== frames)
    throw verifyFailed(`${compared.source} frames of the source can be decoded now, planned were ${frames}`);
  const bitRate = plan.video.find(({ name }) => name === rendition)?.bitRate ?? Infinity;
  const wrong = judgePicture(compared.fits, starvedFrames(totals.segments, { bitRate, rate }));
  if (wrong !== undefined) throw verifyFailed(`${rendition}: ${wrong}`);
}

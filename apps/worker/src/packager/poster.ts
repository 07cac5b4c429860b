import { buffer } from 'node:stream/consumers';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { joinedSegments } from '../published/joined-segments.ts';
import type { StageContext } from '../task-context.ts';
import type { PublishedVideo } from './published-rendition.ts';

/** Where in the video the poster is looked for: past titles and fades, before the ending. */
const AT = 0.1;
/** Of so many key pictures the one that is most like the others is taken, which a black or flashing one is not. */
const CANDIDATES = 12;

/** A JPEG of a picture that tells what the video is. */
export async function makePoster(
  context: Pick<StageContext, 'storage' | 'tools' | 'scratch' | 'signal'>,
  rendition: PublishedVideo,
): Promise<Buffer> {
  const from = Math.floor(rendition.segments.length * AT);
  const keys = [rendition.initKey, ...rendition.segments.slice(from, from + 4).map(({ key }) => key)];
  const { value } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-nostats', '-progress', PROGRESS_PIPE],
      ...['-protocol_whitelist', 'pipe', '-skip_frame', 'nokey', '-f', 'mov', '-i', 'pipe:0'],
      ...['-vf', `thumbnail=n=${CANDIDATES},scale=out_range=pc,format=yuvj420p`, '-frames:v', '1'],
      ...['-q:v', '3', '-f', 'mjpeg', outputPipe(0)],
    ],
    outputs: 1,
    inputs: [joinedSegments(context.storage, keys)],
    cwd: context.scratch,
    signal: context.signal,
    consume: ([picture]) => (picture === undefined ? Promise.resolve(Buffer.alloc(0)) : buffer(picture)),
  });
  return value;
}

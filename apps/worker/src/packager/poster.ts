import { buffer } from 'node:stream/consumers';
import type { Grid } from '@transcode/contracts';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { joinedSegments } from '../published/joined-segments.ts';
import type { StageContext } from '../task-context.ts';
import { packageFailed } from './package-failed.ts';
import type { Publication, PublishedVideo } from './published-rendition.ts';

/** Where in the video the poster is looked for: past titles and fades, before the ending. */
const AT = 0.1;
/** Of so many key pictures the one that is most like the others is taken, which a black or flashing one is not. */
const CANDIDATES = 12;
/** Of a frame: a time that was rounded is not taken for the one before. */
const NEARLY = 0.01;

/** Large enough, and quickly decoded. */
const FROM_HEIGHT = 360;

type Context = Pick<StageContext, 'storage' | 'tools' | 'scratch' | 'signal'>;

/** A JPEG of the picture that is shown at `chosenSeconds`, or of one that tells what the video is. */
export function makePoster(
  context: Context,
  { plan, video }: Publication,
  chosenSeconds: number | null,
): Promise<Buffer> {
  const rendition = video.findLast(({ planned }) => planned.height >= FROM_HEIGHT) ?? video[0];
  if (rendition === undefined) throw packageFailed('there is no picture');
  return chosenSeconds === null
    ? tellingPicture(context, rendition)
    : pictureAt(context, rendition, { grid: plan.grid, seconds: chosenSeconds });
}

function tellingPicture(context: Context, rendition: PublishedVideo): Promise<Buffer> {
  const from = Math.floor(rendition.segments.length * AT);
  const keys = [rendition.initKey, ...rendition.segments.slice(from, from + 4).map(({ key }) => key)];
  return onePicture(context, keys, { only: ['-skip_frame', 'nokey'], pick: `thumbnail=n=${CANDIDATES}` });
}

/** Counted from the start of its segment, which can be decoded by itself. A place behind the end is the last picture. */
function pictureAt(
  context: Context,
  rendition: PublishedVideo,
  { grid, seconds }: { grid: Grid; seconds: number },
): Promise<Buffer> {
  const wanted = Math.floor((seconds * grid.rate.num) / grid.rate.den + NEARLY);
  const tick = Math.min(grid.frames - 1, Math.max(0, wanted)) * grid.frameTicks;
  const segment = rendition.segments.findLast((one) => one.tick <= tick);
  if (segment === undefined) throw packageFailed(`${rendition.planned.name} has no picture at ${seconds} s`);
  const frame = (tick - segment.tick) / grid.frameTicks;
  return onePicture(context, [rendition.initKey, segment.key], { only: [], pick: `select=gte(n\\,${frame})` });
}

async function onePicture(
  context: Context,
  keys: readonly string[],
  { only, pick }: { only: readonly string[]; pick: string },
): Promise<Buffer> {
  const { value } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-nostats', '-progress', PROGRESS_PIPE],
      ...['-protocol_whitelist', 'pipe', ...only, '-f', 'mov', '-i', 'pipe:0'],
      ...['-vf', `${pick},scale=out_range=pc,format=yuvj420p`, '-frames:v', '1'],
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

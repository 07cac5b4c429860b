import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TranscodeError, type Plan } from '@transcode/contracts';
import { referenceThumbnailsArgv } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { PublishedReader } from '../published/published-reader.ts';
import type { StageContext } from '../task-context.ts';
import { checkedBytes, type CheckedTotals, type CommittedHashes } from './check-segments.ts';
import { decodeArgv } from './decode-argv.ts';
import { pictureOffset } from './picture-offset.ts';
import type { ListedTrack } from './read-playlists.ts';
import { verifyFailed } from './verify-failed.ts';

const THUMBNAIL = { width: 32, height: 18 };
const THUMBNAIL_BYTES = THUMBNAIL.width * THUMBNAIL.height;
/** Frames on each side of a compared one. */
const AROUND = 2;
const COMPARED_FRAMES = 6;

export interface PictureCheck {
  readonly reader: PublishedReader;
  readonly plan: Plan;
  readonly hashes: CommittedHashes;
  readonly onFrames: (frames: number) => void;
}

/** Evenly spread frames that have neighbours on both sides. */
export function comparedFrames({ grid: { frames } }: Plan): number[] {
  const room = frames - 2 * AROUND;
  const count = Math.min(COMPARED_FRAMES, Math.max(0, room));
  return Array.from({ length: count }, (_, index) => AROUND + Math.floor(((index + 0.5) * room) / count));
}

/** Decodes a whole rendition, counts its frames, and answers thumbnails of the compared ones. */
export async function decodePicture(
  { tools, scratch, signal }: StageContext,
  track: ListedTrack,
  { reader, plan, hashes, onFrames }: PictureCheck,
): Promise<Buffer[]> {
  const totals: CheckedTotals = { frames: 0, ticks: 0, timescale: 1 };
  const compared = comparedFrames(plan);
  const select = (compared.length === 0 ? [0] : compared).map((frame) => `eq(n,${frame})`).join('+');
  const thumbnails = `select='${select}',scale=${THUMBNAIL.width}:${THUMBNAIL.height}:flags=area,format=gray`;
  let decoded = 0;
  const { value } = await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-filter_complex', `[0:v:0]split[all][some];[some]${thumbnails}[t]`],
      ...['-map', '[all]', '-fps_mode', 'passthrough', '-f', 'null', '-'],
      ...['-map', '[t]', '-fps_mode', 'passthrough', '-f', 'rawvideo', outputPipe(0)],
    ],
    outputs: 1,
    inputs: [Readable.from(checkedBytes(reader, track, { hashes, totals }), { objectMode: false })],
    cwd: scratch,
    signal,
    onProgress: ({ frame = 0 }) => {
      decoded = frame;
      onFrames(frame);
    },
    consume: ([output]) => (output === undefined ? Promise.resolve(Buffer.alloc(0)) : buffer(output)),
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, track.rendition);
  });
  const { frames } = plan.grid;
  if (totals.frames !== frames)
    throw verifyFailed(`${track.rendition} has ${totals.frames} frames, planned were ${frames}`);
  if (decoded !== frames) throw verifyFailed(`${decoded} frames of ${track.rendition} can be decoded, not ${frames}`);
  return thumbnailsOf(value);
}

/** Compares a rendition's thumbnails with the source's frames of the same number and of those around. */
export async function comparePicture(
  context: StageContext,
  plan: Plan,
  pictures: ReadonlyMap<string, readonly Buffer[]>,
): Promise<void> {
  const { input: source, protocols } = await context.source();
  const verdicts = new Map<string, (number | undefined)[]>([...pictures.keys()].map((name) => [name, []]));
  for (const [index, frame] of comparedFrames(plan).entries()) {
    const { value } = await runFfmpeg({
      ffmpeg: context.tools.ffmpeg,
      argv: referenceThumbnailsArgv(
        plan,
        { startFrame: frame - AROUND, endFrame: frame + AROUND + 1, ...THUMBNAIL },
        { source, protocols, output: outputPipe(0), progress: PROGRESS_PIPE },
      ),
      outputs: 1,
      source,
      cwd: context.scratch,
      signal: context.signal,
      consume: ([output]) => (output === undefined ? Promise.resolve(Buffer.alloc(0)) : buffer(output)),
    });
    const neighbours = thumbnailsOf(value);
    for (const [name, thumbnails] of pictures) {
      const published = thumbnails[index];
      if (published === undefined || neighbours.length !== 2 * AROUND + 1) continue;
      verdicts.get(name)?.push(pictureOffset(published, neighbours));
    }
  }
  for (const [name, offsets] of verdicts) refuseShifted(name, offsets);
}

/** One frame may be unlucky; half of those that say anything are not. */
function refuseShifted(rendition: string, offsets: readonly (number | undefined)[]): void {
  const told = offsets.filter((offset) => offset !== undefined);
  const wrong = told.filter((offset) => offset !== 0);
  if (wrong.length === 0 || wrong.length * 2 < told.length) return;
  throw verifyFailed(`the picture of ${rendition} is ${wrong[0]} frames off its place in the source`);
}

function thumbnailsOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(bytes.length / THUMBNAIL_BYTES) }, (_, index) =>
    bytes.subarray(index * THUMBNAIL_BYTES, (index + 1) * THUMBNAIL_BYTES),
  );
}

/** What ffmpeg cannot decode was not published right. */
export function asVerifyFailure(error: unknown, rendition: string): unknown {
  if (!(error instanceof TranscodeError) || error.code !== 'encode_failed') return error;
  return verifyFailed(`${rendition} cannot be decoded: ${String(error.details['reason'])}`, error);
}

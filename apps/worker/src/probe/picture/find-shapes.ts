import { setTimeout as pause } from 'node:timers/promises';
import { SOURCE_LIMITS, TranscodeError, type Shape } from '@transcode/contracts';
import { sampleAspectOf } from './describe-video.ts';
import { toNumber } from '@transcode/planner';
import type { DescribedStream } from '../described.ts';
import { onlyStream, type SourceRun } from '../around/read-around.ts';
import { probeLines } from '../run-ffprobe.ts';

/** Codecs that say the size of their pictures with each key frame, and not with every picture alone. */
const CHANGE_AT_KEYS = new Set([
  ...['h264', 'hevc', 'vvc', 'vp8', 'vp6', 'vp6f', 'theora', 'flv1', 'h263', 'mjpeg'],
  ...['mpeg1video', 'mpeg2video', 'mpeg4', 'msmpeg4v3', 'vc1', 'wmv3', 'rv30', 'rv40'],
]);
/** Codecs that may change it with any picture, made out of one of another size. */
const CHANGE_ANYWHERE = new Set(['vp9', 'av1']);
/** Looking for shapes may take so long, and as long as what goes on beside it. */
const LEAST_MS = 20_000;
/** After so many changes only shapes that were not there before count. */
const MOST_CHANGES = 256;
/** No more than these are kept: ffmpeg is told of all of them. */
const MOST_SHAPES = 512;

const SHOW = [
  ...['-skip_frame', 'nokey', '-skip_loop_filter', 'all', '-skip_idct', 'all'],
  ...['-show_entries', 'frame=best_effort_timestamp_time,width,height,sample_aspect_ratio', '-of', 'compact=p=0:nk=1'],
];

export interface SeenShapes {
  /** Of key frames, in the order of the file. */
  readonly shapes: readonly Shape[];
  /** Whether no picture can have another. */
  readonly areAllShapes: boolean;
}

/**
 * The shapes that key frames of the stream have one after another, found while `beside` goes on; where looking takes too
 * long, or our ffprobe cannot decode it, those that were seen until then.
 */
export async function findShapes<T>(
  run: SourceRun,
  stream: DescribedStream | undefined,
  beside: Promise<T>,
): Promise<[T, SeenShapes]> {
  const { codec_name: codec = '' } = stream ?? {};
  const isWorthIt = stream !== undefined && (CHANGE_AT_KEYS.has(codec) || CHANGE_ANYWHERE.has(codec));
  if (!isWorthIt) return [await beside, { shapes: [], areAllShapes: true }];
  const shapes = new ShapesInTurn();
  const stop = new AbortController();
  const looking = look(run, { stream, shapes, stop });
  try {
    const inTime = Promise.race([looking, pause(LEAST_MS, false, { ref: false })]);
    const [answer, isThrough] = await Promise.all([beside, inTime]);
    const areAllShapes = isThrough && !shapes.areMore && !CHANGE_ANYWHERE.has(codec);
    return [answer, { shapes: shapes.found, areAllShapes }];
  } finally {
    stop.abort();
    await looking;
  }
}

/** What is kept of the shapes that come. */
class ShapesInTurn {
  readonly found: Shape[] = [];
  /** Whether there were others that are not kept. */
  areMore = false;
  readonly #names = new Set<string>();
  #last = '';

  add(shape: Shape): void {
    const name = `${shape.width}x${shape.height} ${toNumber(shape.sampleAspect)}`;
    const isNew = name !== this.#last && (this.found.length < MOST_CHANGES || !this.#names.has(name));
    if (!isNew) return;
    if (this.found.length >= MOST_SHAPES) {
      this.areMore = true;
      return;
    }
    this.#last = name;
    this.#names.add(name);
    this.found.push(shape);
  }
}

/** Whether it came to the end. */
async function look(
  run: SourceRun,
  { stream, shapes, stop }: { stream: DescribedStream; shapes: ShapesInTurn; stop: AbortController },
): Promise<boolean> {
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const only = onlyStream({ ...run, signal }, stream.index);
  let lastSeconds = 0;
  const take = (line: string): void => {
    const [seconds, width, height, aspect] = line.split('|');
    // Streams without times have their shapes one after another, too.
    if (!Number.isNaN(Number(seconds))) lastSeconds = Number(seconds) - only.leadSeconds;
    const shape = {
      fromSeconds: lastSeconds,
      width: Number(width),
      height: Number(height),
      sampleAspect: sampleAspectOf(aspect),
    };
    if (shape.width > 0 && shape.height > 0 && shape.width * shape.height <= SOURCE_LIMITS.pixels) shapes.add(shape);
  };
  try {
    await probeLines(only.run, [...only.select, ...SHOW], take);
    return true;
  } catch (error) {
    // What is wrong with a source is said by those who read all of it; what is wrong around it is said here, too.
    const isOfSource = error instanceof TranscodeError && (error.blame === 'input' || error.blame === 'work');
    if (!isOfSource && !stop.signal.aborted) throw error;
    return false;
  }
}

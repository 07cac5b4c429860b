import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { RenditionChunkIndex, SegmentIndex } from '@transcode/contracts';
import { AAC_FRAME_SAMPLES } from '@transcode/contracts';
import { shortestTail } from '@transcode/planner';
import { AudioGrid } from './audio-grid.ts';
import { FragmentStream } from './mp4/fragment-stream.ts';
import { packageFailed } from './package-failed.ts';
import type { SampleGrid } from './sample-grid.ts';
import type { Track } from './mp4/track.ts';
import { VideoGrid } from './video-grid.ts';
import { writeInit } from './mp4/write-init.ts';
import type { GridSample } from './mp4/write-segment.ts';
import { writeSegment } from './mp4/write-segment.ts';

export interface SegmentCutterOptions {
  readonly rendition: string;
  readonly kind: 'video' | 'audio';
  /** Objects are `<keyPrefix>/init.mp4` and `<keyPrefix>/<n>.m4s`, n counted within the chunk. */
  readonly keyPrefix: string;
  /** Video: frames of one segment. */
  readonly segmentFrames?: number;
  /** Video: ticks of one frame; where absent, the first frame's own duration. */
  readonly frameTicks?: number;
  /** Audio: length of a video segment, whose boundaries the sound is cut next to; 6 s where absent. */
  readonly segmentSeconds?: number;
  /** Ticks a second of what is published. */
  readonly timescale: number;
  /** Where the chunk's first frame lies on the published clock. */
  readonly baseTick: number;
  /** More than this cannot come of it; without limit where absent. */
  readonly mostBytes?: number;
  readonly put: (key: string, bytes: Buffer, contentType: string) => Promise<void>;
}

export type CutRendition = Omit<RenditionChunkIndex, 'fingerprint'>;

export interface SegmentCutter {
  /** Cuts the whole stream. At any time one segment is being gathered and one is being put. */
  consume(stream: Readable): Promise<CutRendition>;
}

const DEFAULT_SEGMENT_SECONDS = 6;

/** Cuts what ffmpeg muxes into the segments that are published, with final timestamps. */
export function createSegmentCutter(options: SegmentCutterOptions): SegmentCutter {
  return {
    async consume(stream) {
      const fragments = new FragmentStream(stream, options.mostBytes);
      const objects = new ObjectWriter((key, bytes) => options.put(key, bytes, `${options.kind}/mp4`));
      try {
        return await cut(fragments, objects, options);
      } finally {
        await objects.settled();
        await fragments.close();
      }
    },
  };
}

async function cut(
  fragments: FragmentStream,
  objects: ObjectWriter,
  options: SegmentCutterOptions,
): Promise<CutRendition> {
  const { rendition, kind, keyPrefix, timescale } = options;
  const track = await fragments.track();
  if (track.kind !== kind) throw packageFailed(`${rendition} holds ${track.kind}, not ${kind}`);
  const segments: SegmentIndex[] = [];
  const grid = gridOf(track, options);
  let held: GridSample[] = [];
  const emit = async (samples: readonly GridSample[]): Promise<void> => {
    const previous = segments.at(-1);
    const tick = previous === undefined ? options.baseTick : previous.tick + previous.ticks;
    const { bytes, keyPictures } = writeSegment(kind, samples, { tick, sampleTicks: grid.sampleTicks });
    const object = await objects.put(`${keyPrefix}/${segments.length}.m4s`, bytes);
    segments.push({ ...object, tick, ticks: samples.length * grid.sampleTicks, frames: samples.length, keyPictures });
  };
  for await (const sample of fragments.samples(track)) {
    const placed = grid.place(sample);
    if (placed !== undefined) held.push(placed);
    const frames = segmentLength(segments.length, options);
    if (held.length >= frames + shortestTail(timescale, grid.sampleTicks)) {
      await emit(held.slice(0, frames));
      held = held.slice(frames);
    }
  }
  if (held.length > 0) await emit(held);
  if (segments.length === 0) throw packageFailed(`${rendition} has no frames`);
  const initBytes = writeInit(track, { timescale, presentationDelay: grid.presentationDelay });
  const init = await objects.put(`${keyPrefix}/init.mp4`, initBytes);
  await objects.flush();

  const { codec, width, height, channels, sampleRate } = track;
  return {
    rendition,
    kind,
    init,
    codec,
    timescale,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(channels === undefined ? {} : { channels }),
    ...(sampleRate === undefined ? {} : { sampleRate }),
    segments,
  };
}

function gridOf(track: Track, options: SegmentCutterOptions): SampleGrid {
  if (track.kind === 'audio') return new AudioGrid(track, options.timescale);
  return new VideoGrid(track, {
    timescale: options.timescale,
    segmentFrames: segmentLength(0, options),
    frameTicks: options.frameTicks,
  });
}

/** Frames of the n-th segment. Sound is cut at the AAC frame nearest to each boundary of the video. */
function segmentLength(index: number, options: SegmentCutterOptions): number {
  if (options.kind === 'video') {
    if (options.segmentFrames === undefined) throw packageFailed('a video needs the frames of a segment');
    return options.segmentFrames;
  }
  const seconds = options.segmentSeconds ?? DEFAULT_SEGMENT_SECONDS;
  const boundary = (n: number): number => Math.round((n * seconds * options.timescale) / AAC_FRAME_SAMPLES);
  return boundary(index + 1) - boundary(index);
}

/** Puts one object after another, with the next already being gathered while one is on its way. */
class ObjectWriter {
  readonly #write: (key: string, bytes: Buffer) => Promise<void>;
  #underWay: Promise<{ error?: unknown }> = Promise.resolve({});

  constructor(write: (key: string, bytes: Buffer) => Promise<void>) {
    this.#write = write;
  }

  async put(key: string, bytes: Buffer): Promise<{ key: string; bytes: number; sha256: string }> {
    await this.flush();
    this.#underWay = this.#write(key, bytes).then(
      () => ({}),
      (error: unknown) => ({ error }),
    );
    return { key, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Nothing is under way any more. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  /** Waits for the object under way and throws what it failed with. */
  async flush(): Promise<void> {
    const outcome = await this.#underWay;
    if ('error' in outcome) throw outcome.error;
  }
}

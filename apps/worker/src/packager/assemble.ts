import {
  publishedName,
  type AudioRendition,
  type ChunkIndex,
  type JobNames,
  type Plan,
  type RenditionChunkIndex,
  type VideoRendition,
} from '@transcode/contracts';
import { measureBitRates } from './bit-rates.ts';
import { packageFailed } from './package-failed.ts';
import type { Publication, PublishedSegment } from './published-rendition.ts';

export interface FinishedChunks {
  /** In the order of the plan's chunks. */
  readonly video: readonly ChunkIndex[];
  /** Of the audio task; absent where the plan has no sound. */
  readonly audio: ChunkIndex | undefined;
  /** Whose they are: says how manifests call each object. */
  readonly job: JobNames;
}

/** Joins the chunks of every rendition, and refuses what does not fit to the tick. */
export function assemble(plan: Plan, chunks: FinishedChunks): Publication {
  if (chunks.video.length !== plan.chunks.length)
    throw packageFailed(`${chunks.video.length} of ${plan.chunks.length} chunks are there`);
  const video = plan.video.map((planned) => {
    const parts = chunks.video.map((chunk) => partOf(chunk, planned));
    checkPictures(plan, planned, parts);
    return join(planned, parts, chunks.job);
  });
  const [first] = video;
  for (const other of video)
    if (first !== undefined && boundaries(other.segments) !== boundaries(first.segments))
      throw packageFailed(`${other.planned.name} is not cut where ${first.planned.name} is`);
  const audio = plan.audio.map((planned) => {
    if (chunks.audio === undefined) throw packageFailed('the sound is missing');
    return join(planned, [partOf(chunks.audio, planned)], chunks.job);
  });
  return { plan, video, audio };
}

function partOf(chunk: ChunkIndex, planned: VideoRendition | AudioRendition): RenditionChunkIndex {
  const part = chunk.renditions.find(({ rendition }) => rendition === planned.name);
  if (part === undefined) throw packageFailed(`${planned.name} is missing`);
  if (part.kind !== planned.kind) throw packageFailed(`${planned.name} is ${part.kind}, not ${planned.kind}`);
  return part;
}

/** Frames, ticks and the picture's size are what the plan says, chunk by chunk. */
function checkPictures(plan: Plan, planned: VideoRendition, parts: readonly RenditionChunkIndex[]): void {
  const { grid } = plan;
  for (const [index, part] of parts.entries()) {
    const chunk = plan.chunks[index];
    if (chunk === undefined) throw packageFailed(`chunk ${index} is not in the plan`);
    const where = `chunk ${index} of ${planned.name}`;
    if (part.timescale !== grid.timescale)
      throw packageFailed(`${where} counts ${part.timescale} ticks a second, not ${grid.timescale}`);
    if (part.width !== planned.width || part.height !== planned.height)
      throw packageFailed(`${where} is ${part.width}x${part.height}, not ${planned.width}x${planned.height}`);
    if (part.segments[0]?.tick !== chunk.startFrame * grid.frameTicks)
      throw packageFailed(`${where} does not start at frame ${chunk.startFrame}`);
    const frames = part.segments.reduce((sum, segment) => sum + segment.frames, 0);
    if (frames !== chunk.endFrame - chunk.startFrame)
      throw packageFailed(`${where} has ${frames} frames, not ${chunk.endFrame - chunk.startFrame}`);
    for (const segment of part.segments)
      if (segment.ticks !== segment.frames * grid.frameTicks) throw packageFailed(`${where} is not on the grid`);
  }
}

function join<P extends VideoRendition | AudioRendition>(
  planned: P,
  parts: readonly RenditionChunkIndex[],
  job: JobNames,
) {
  const [first] = parts;
  if (first === undefined) throw packageFailed(`${planned.name} has no chunks`);
  let due = 0;
  const segments: PublishedSegment[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.init.sha256 !== first.init.sha256)
      throw packageFailed(`chunk ${index} of ${planned.name} was encoded with other parameters than chunk 0`);
    if (part.fingerprint !== first.fingerprint)
      throw packageFailed(`chunk ${index} of ${planned.name} was made by another encoder than chunk 0`);
    for (const segment of part.segments) {
      if (segment.tick !== due)
        throw packageFailed(`${segment.key} starts at tick ${segment.tick}, and the one before ends at ${due}`);
      due += segment.ticks;
      segments.push({ ...segment, name: nameOf(job, segment.key) });
    }
  }
  return {
    planned,
    initName: nameOf(job, first.init.key),
    initKey: first.init.key,
    codec: first.codec,
    timescale: first.timescale,
    fingerprint: first.fingerprint,
    segments,
    rates: measureBitRates(segments, first.timescale),
  };
}

function nameOf(job: JobNames, key: string): string {
  const name = publishedName(job, key);
  if (name === undefined) throw packageFailed(`${key} does not belong to this video`);
  return name;
}

function boundaries(segments: readonly PublishedSegment[]): string {
  return segments.map(({ tick }) => tick).join();
}

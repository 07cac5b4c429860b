import type { Grid, PlannedChunk } from '@transcode/contracts';
import type { PublishedReader } from '../../published/published-reader.ts';
import { FRAMES_BEFORE } from './judge-picture.ts';
import type { ListedTrack } from '../read-playlists.ts';
import type { MeasuredSegment } from './starved-frames.ts';
import { verifyFailed } from '../verify-failed.ts';

/**
 * The last groups of pictures before a chunk. They are decoded and judged with it: so a seam is judged like any other place, and the
 * source's frames, which were reached by a seek, are held to pictures that another task encoded after another seek.
 */
export interface LeadIn {
  readonly bytes: readonly Buffer[];
  readonly measured: readonly MeasuredSegment[];
}

/** How many frames that is: whole groups. */
export function leadInFrames({ startFrame }: PlannedChunk, { gopFrames }: Grid): number {
  return Math.ceil(Math.min(startFrame, FRAMES_BEFORE) / gopFrames) * gopFrames;
}

/** Found as a player finds them, by the I-frame playlist. Their own chunk's check has compared their bytes with what was committed. */
export async function readLeadIn(
  reader: PublishedReader,
  { rendition, segments, iframes }: ListedTrack,
  { chunk, grid }: { chunk: PlannedChunk; grid: Grid },
): Promise<LeadIn> {
  const groups = leadInFrames(chunk, grid) / grid.gopFrames;
  const end = chunk.startFrame / grid.segmentFrames;
  const names = segments.slice(Math.max(0, end - groups), end).map(({ name }) => name);
  const pictures = groups === 0 ? [] : iframes.filter(({ name }) => names.includes(name)).slice(-groups);
  if (pictures.length !== groups)
    throw verifyFailed(`the I-frame playlist of ${rendition} lists too few pictures before frame ${chunk.startFrame}`);
  const bytes: Buffer[] = [];
  const measured: MeasuredSegment[] = [];
  for (const name of names) {
    const kept = pictures.filter((picture) => picture.name === name);
    const [first] = kept;
    if (first === undefined) continue;
    const segment = await reader.bytes(name);
    bytes.push(segment.subarray(first.offset));
    const frames = kept.length * grid.gopFrames;
    measured.push({ frames, bytes: (segment.length * frames) / grid.segmentFrames });
  }
  return { bytes, measured };
}

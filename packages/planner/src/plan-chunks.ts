import { CHUNK_SEGMENTS, FIRST_CHUNK_SEGMENTS, type Grid, type PlannedChunk, type Probe } from '@transcode/contracts';
import { planSeek, type PlannedSeek } from './plan-seek.ts';
import { segmentsOf } from './segments.ts';

/** Lengths of chunks in segments. */
export interface ChunkLengths {
  readonly first: number;
  /** About what a later one has. */
  readonly later: number;
}

export const CHUNK_LENGTHS: ChunkLengths = { first: FIRST_CHUNK_SEGMENTS, later: CHUNK_SEGMENTS };

/** No chunk begins where more than this would be decoded in vain first, in seconds. */
const LONGEST_LEAD_SECONDS = 30;
/** A cut may move by this share of a chunk's length to where less is decoded in vain. */
const MOVABLE = 0.1;

/**
 * Cuts the grid into chunks of whole segments: a short first one, then others of about the same length, each beginning where little
 * is decoded before it. Where the source has no key frame near a cut, the cut moves on until it has one, and the chunk before grows.
 */
export function planChunks(probe: Probe, grid: Grid, { first, later }: ChunkLengths = CHUNK_LENGTHS): PlannedChunk[] {
  const segments = segmentsOf(grid.frames, grid);
  const rest = Math.max(0, segments - first);
  const others = Math.ceil(rest / later);
  const cutBefore = (segment: number): Cut => {
    const startFrame = segment * grid.segmentFrames;
    // Where the last picture is held, it is all that has to be decoded.
    const decodedFrom = Math.min(startFrame, (grid.pictureFrames ?? grid.frames) - 1);
    return { segment, startFrame, ...planSeek(probe, grid, decodedFrom) };
  };
  const cuts: Cut[] = [{ segment: 0, startFrame: 0, leadSeconds: 0 }];
  for (let n = 0; n < others; n += 1) {
    const wanted = first + Math.floor((n * rest) / others);
    // The first chunk is short so that something is there soon: its end does not move.
    const movable = n === 0 ? 0 : Math.floor(later * MOVABLE);
    // A cut that had to move on may have passed the next one.
    const free = (cuts.at(-1)?.segment ?? 0) + 1;
    const near = range(Math.max(free, wanted - movable), Math.min(segments, wanted + movable + 1));
    const far = range(Math.max(free, wanted + movable + 1), segments);
    const cut = leastLead(near.map(cutBefore), wanted) ?? firstWithin(far, cutBefore);
    // All the rest was looked through.
    if (cut === undefined) break;
    cuts.push(cut);
  }
  return cuts.map(({ startFrame, seekSeconds }, index) => ({
    index,
    startFrame,
    ...(seekSeconds === undefined ? {} : { seekSeconds }),
    endFrame: cuts[index + 1]?.startFrame ?? grid.frames,
  }));
}

/** Before which segment, and how decoding gets there. */
interface Cut extends PlannedSeek {
  readonly segment: number;
  readonly startFrame: number;
}

/** Less than a second more or less is not worth a move. */
function leastLead(near: readonly Cut[], wanted: number): Cut | undefined {
  const nearest = near.toSorted((a, b) => Math.abs(a.segment - wanted) - Math.abs(b.segment - wanted));
  const [best] = nearest.toSorted((a, b) => Math.round(a.leadSeconds) - Math.round(b.leadSeconds));
  return best !== undefined && best.leadSeconds <= LONGEST_LEAD_SECONDS ? best : undefined;
}

function firstWithin(segments: readonly number[], cutBefore: (segment: number) => Cut): Cut | undefined {
  for (const segment of segments) {
    const cut = cutBefore(segment);
    if (cut.leadSeconds <= LONGEST_LEAD_SECONDS) return cut;
  }
  return undefined;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}

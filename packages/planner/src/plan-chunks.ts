import { CHUNK_SEGMENTS, FIRST_CHUNK_SEGMENTS, type Grid, type PlannedChunk, type Probe } from '@transcode/contracts';
import { planSeek } from './plan-seek.ts';

/** Lengths of chunks in segments. */
export interface ChunkLengths {
  readonly first: number;
  /** The most that a later one has. */
  readonly later: number;
}

export const CHUNK_LENGTHS: ChunkLengths = { first: FIRST_CHUNK_SEGMENTS, later: CHUNK_SEGMENTS };

/** No chunk begins where more than this would be decoded in vain first, in seconds. */
const LONGEST_LEAD_SECONDS = 30;

/**
 * Cuts the grid into chunks of whole segments: a short first one, then others of about the same length. Where the source has no
 * key frame near a cut, the cut moves back until it has one, and the chunk before grows.
 */
export function planChunks(probe: Probe, grid: Grid, { first, later }: ChunkLengths = CHUNK_LENGTHS): PlannedChunk[] {
  const segments = Math.ceil(grid.frames / grid.segmentFrames);
  const rest = Math.max(0, segments - first);
  const others = Math.ceil(rest / later);
  const wanted = Array.from({ length: others }, (_, n) => first + Math.floor((n * rest) / others));
  const cuts: { startFrame: number; seekSeconds?: number }[] = [{ startFrame: 0 }];
  let next = 0;
  for (const segment of wanted) {
    // A cut that had to move back may have passed the next one.
    for (next = Math.max(next, segment); next < segments; next += 1) {
      const startFrame = next * grid.segmentFrames;
      const { leadSeconds, ...seek } = planSeek(probe, grid, startFrame);
      if (leadSeconds > LONGEST_LEAD_SECONDS) continue;
      cuts.push({ startFrame, ...seek });
      next += 1;
      break;
    }
  }
  return cuts.map((cut, index) => ({ index, ...cut, endFrame: cuts[index + 1]?.startFrame ?? grid.frames }));
}

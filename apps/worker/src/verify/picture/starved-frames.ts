import type { Fraction } from '@transcode/contracts';

/** From this share of the cap on, an encoder may have had to leave things out. */
const NEAR_CAP = 0.85;

/** Bytes and frames of one segment, or of as much of it as is looked at. */
export interface MeasuredSegment {
  readonly frames: number;
  readonly bytes: number;
}

/** Tells of each frame whether its segment was encoded near its cap. The segments begin with the frame `from`. */
export function starvedFrames(
  segments: readonly MeasuredSegment[],
  { from, bitRate, rate }: { from: number; bitRate: number; rate: Fraction },
): (frame: number) => boolean {
  const ends: { end: number; isStarved: boolean }[] = [];
  let end = from;
  for (const { frames, bytes } of segments) {
    end += frames;
    ends.push({ end, isStarved: (bytes * 8 * rate.num) / rate.den / frames >= bitRate * NEAR_CAP });
  }
  return (frame) => ends.find((segment) => frame < segment.end)?.isStarved ?? false;
}

import type { ClockJump } from './clock-jumps.ts';
import { endOf, type StreamClock } from './stream-clock.ts';

/** Where sound begins and ends, in seconds on one clock. */
export interface SoundTimes {
  readonly start: number;
  readonly end: number;
  readonly packets: number;
  /** How long its packets say that they last, together. */
  readonly seconds: number;
  /**
   * Its timestamps are missing or of no use: put where they say, its samples would be torn apart and lie over each other. Players then
   * play one sample after another.
   */
  readonly isClockBroken: boolean;
}

/** Packets of sound are never reordered: more than a splice or two, and the clock is broken. */
const MOST_STEPS_BACK = 2;
/** A splice overlaps by less, in seconds. */
const MOST_BACK_SECONDS = 1;
/** Packets that lie over each other for so long, in seconds, and for this share of their time, were not given times of their own. */
const MOST_OVERLAP_SECONDS = 1;
const MOST_OVERLAP = 0.05;

/** The times of a stream of sound, whose clock jumps there and nowhere else. */
export function soundTimes(clock: StreamClock, jumps: readonly ClockJump[]): SoundTimes {
  const { parts, packets, seconds, overlapping } = clock;
  if (parts.length === 0) return { start: 0, end: seconds, packets, seconds, isClockBroken: true };
  let [start, end, stepsBack, furthestBack] = [Infinity, -Infinity, clock.stepsBack, 0];
  // A clock that is too slow leaves less room than there is sound.
  let squeezed = seconds;
  for (const [position, part] of parts.entries()) {
    const added = jumps.filter(({ fromPacket }) => fromPacket <= part.fromPacket);
    const moved = added.reduce((sum, jump) => sum + jump.seconds, 0);
    const back = (parts[position - 1]?.last ?? part.first) - part.first;
    if (back > 0 && added.at(-1)?.fromPacket !== part.fromPacket) {
      stepsBack += 1;
      furthestBack = Math.max(furthestBack, back);
    }
    squeezed -= endOf(part) - part.shownFrom;
    start = Math.min(start, part.shownFrom + moved);
    end = Math.max(end, endOf(part) + moved);
  }
  const isClockBroken =
    stepsBack > MOST_STEPS_BACK ||
    furthestBack > MOST_BACK_SECONDS ||
    isMuch(overlapping, seconds) ||
    isMuch(squeezed, seconds);
  return { start, end, packets, seconds, isClockBroken };
}

function isMuch(overlapping: number, seconds: number): boolean {
  return overlapping > MOST_OVERLAP_SECONDS && overlapping > MOST_OVERLAP * seconds;
}

/** Decoding times grow; how containers round moves them back by less, and pauses in speech and dropped frames forward. In seconds. */
const RUNS_ON = { back: 0.1, forward: 5 };
/** What a packet says that it lasts is believed for so long, or for twice as long as others of its stream last; in seconds. */
const BELIEVED_SECONDS = 2;
/** Less of a packet than this lying over the one before is how containers round. */
const ROUNDED = 0.5;
/** More parts than these, of all streams together, are not told apart. */
const MOST_PARTS = 20_000;

export interface TimedPacket {
  /** Seconds, NaN where the container does not say. */
  readonly shown: number;
  readonly decoded: number;
  readonly duration: number;
  /** Where in the file it begins, in bytes; NaN where that is not known. */
  readonly position: number;
}

/** How far a stream had come, and since when its clock had run on, in seconds. */
export interface Reached {
  readonly part: ClockPart;
  readonly last: number;
}

/** A stretch of a stream whose clock runs on. All times are in seconds. */
export interface ClockPart {
  /** The number of its first packet in the stream, and among all packets of the file. */
  readonly fromPacket: number;
  readonly order: number;
  readonly position: number;
  lastPosition: number;
  /** From the first to the last, by decoding times where there are any. */
  readonly first: number;
  last: number;
  /** When its earliest packet is shown, and its latest; how long that one lasts, as far as is said. */
  shownFrom: number;
  shownTo: number;
  lastDuration: number;
  packets: number;
  /** Whether each packet says when it is shown. */
  isAllTold: boolean;
  /** How far the other streams had come when it began. */
  readonly others: readonly Reached[];
}

/** What the clocks of a source may take together. */
export class ClockBudget {
  #parts = MOST_PARTS;

  /** Whether one part more may be kept. */
  takes(): boolean {
    this.#parts -= 1;
    return this.#parts >= 0;
  }
}

/** Follows the clock of one stream, packet by packet, and notes where it does not run on. */
export class StreamClock {
  readonly parts: ClockPart[] = [];
  packets = 0;
  /** The sum of what packets say that they last, in seconds. */
  seconds = 0;
  /** How often a packet came before the one ahead of it, though their clock runs on. */
  stepsBack = 0;
  /** How much of its packets lies over those before them, in seconds. */
  overlapping = 0;
  readonly #budget: ClockBudget;
  /** Nothing says when packets are decoded, and they come in another order than they are shown, as pictures do in Matroska. */
  readonly #isReordered: boolean;
  #due = -Infinity;
  /** The latest time before the latest. */
  #anchor = -Infinity;

  constructor(budget: ClockBudget, { isReordered = false } = {}) {
    this.#budget = budget;
    this.#isReordered = isReordered;
  }

  /** `others` is asked only where the clock jumps. */
  add({ shown, decoded, duration, position }: TimedPacket, order: number, others: () => readonly Reached[]): void {
    const time = Number.isNaN(decoded) || this.#isReordered ? shown : decoded;
    const number = this.packets;
    this.packets += 1;
    if (duration > 0) this.seconds += Math.min(duration, BELIEVED_SECONDS);
    if (Number.isNaN(time)) return;
    const part = this.parts.at(-1);
    const at = Number.isNaN(shown) ? time : shown;
    if (part === undefined || (!this.#runsOn(part, time) && this.#budget.takes())) {
      this.#due = at + duration;
      this.#anchor = -Infinity;
      this.parts.push({
        ...{ fromPacket: number, order, position, lastPosition: position, first: time, last: time },
        ...{ shownFrom: at, shownTo: at, lastDuration: duration, packets: 1, isAllTold: !Number.isNaN(shown) },
        others: part === undefined ? [] : others(),
      });
      return;
    }
    if (time < part.last) this.stepsBack += 1;
    const overlap = Math.min(this.#due - at, duration);
    if (overlap > ROUNDED * duration) this.overlapping += overlap;
    this.#due = at + duration;
    if (time > part.last) {
      this.#anchor = part.last;
      part.last = time;
    }
    part.lastPosition = position;
    if (Number.isNaN(shown)) part.isAllTold = false;
    part.shownFrom = Math.min(part.shownFrom, at);
    if (at >= part.shownTo) {
      part.shownTo = at;
      part.lastDuration = duration;
    }
    part.packets += 1;
  }

  /** Where nothing is said of decoding, a picture is shown later than the last but one of those that no earlier picture was shown after. */
  #runsOn(part: ClockPart, time: number): boolean {
    if (!this.#isReordered) return time >= part.last - RUNS_ON.back && time <= part.last + RUNS_ON.forward;
    return time >= this.#anchor - RUNS_ON.back;
  }

  reached(): Reached | undefined {
    const part = this.parts.at(-1);
    return part === undefined ? undefined : { part, last: part.last };
  }
}

/** When the last packet of a part is over; as long as the others where it does not say, or says more than can be. */
export function endOf({ first, last, shownFrom, shownTo, lastDuration, packets, isAllTold }: ClockPart): number {
  const usual = packets > 1 ? (shownTo - shownFrom) / (packets - 1) : 0;
  // Those that do not say when they are shown are so as late after they are decoded as all are together.
  const shown = isAllTold ? shownTo : Math.max(shownTo, last + shownFrom - first);
  return shown + (lastDuration > 0 ? Math.min(lastDuration, Math.max(BELIEVED_SECONDS, 2 * usual)) : usual);
}

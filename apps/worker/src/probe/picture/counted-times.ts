import type { Fraction } from '@transcode/contracts';
import { reduce, STANDARD_RATES, toNumber } from '@transcode/planner';
import { medianStep, type PresentationTimes } from './presentation-times.ts';
import type { PacketTimes } from '../read-packets.ts';

/** Rates that differ by less mean the same. */
const SAME_RATE = 0.0005;
/** The delay of a decoder hides some of fewer packets. */
const LEAST_SAMPLED = 12;
const FALLBACK: Fraction = { num: 25, den: 1 };
/** A fraction with larger numbers comes of rounding. */
const LARGEST = 120_000;

export interface CountedFindings {
  readonly packets: PacketTimes;
  readonly timeBase: Fraction;
  /** Packets that were decoded to look at, and frames that came of them. */
  readonly sampled: { readonly packets: number; readonly frames: number };
  /** What the container or the codec says. */
  readonly declared: Fraction | undefined;
}

export interface CountedTimes {
  readonly shown: PresentationTimes;
  readonly rate: Fraction;
}

/**
 * The times of pictures that carry none (elementary streams, or a container without timestamps): each is shown as long as the stream
 * says, one after another. Two packets may be the fields of one frame; what lies before the first key frame cannot be decoded.
 */
export function countedTimes({ packets, timeBase, sampled, declared }: CountedFindings): CountedTimes {
  const [firstKey = 0] = packets.keys;
  const isTelling = sampled.packets >= LEAST_SAMPLED && sampled.frames > 0;
  const fields = isTelling && Math.round(sampled.packets / sampled.frames) === 2 ? 2 : 1;
  const frames = Math.max(1, Math.round((packets.pts.length - firstKey) / fields));
  const rate = rateOf(packets, { timeBase, fields }) ?? declared ?? FALLBACK;
  const ticks = timeBase.den / timeBase.num / toNumber(rate);
  const times = Float64Array.from({ length: frames }, (_, frame) => Math.round(frame * ticks));
  return { shown: { times, keys: [], undecodable: Math.ceil(firstKey / fields) }, rate };
}

function rateOf(
  { durations, pts }: PacketTimes,
  { timeBase, fields }: { timeBase: Fraction; fields: number },
): Fraction | undefined {
  const lasts = durations > 0 ? (durations * fields) / pts.length : medianStep(distinct(pts));
  if (!(lasts > 0)) return undefined;
  // Ticks are fine enough: to a thousandth of one.
  const exact = reduce(timeBase.den * 1000, Math.round(lasts * 1000) * timeBase.num);
  const standard = STANDARD_RATES.find((rate) => Math.abs(toNumber(rate) / toNumber(exact) - 1) < SAME_RATE);
  if (standard !== undefined) return standard;
  return exact.num <= LARGEST ? exact : reduce(Math.round(toNumber(exact) * 1000), 1000);
}

/** Where the demuxer makes up times that way, their steps are what the stream says. */
function distinct(pts: readonly number[]): Float64Array {
  return Float64Array.from(new Set(pts.filter((time) => !Number.isNaN(time)))).toSorted();
}

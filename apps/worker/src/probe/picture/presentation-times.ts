import type { PacketTimes } from '../read-packets.ts';

/** In ticks. */
export interface KeyTime {
  readonly shown: number;
  readonly decoded: number;
}

export interface PresentationTimes {
  /** When each frame is shown, in ticks, ascending, each once. */
  readonly times: Float64Array;
  /** Key frames by the time they are shown, ascending. */
  readonly keys: readonly KeyTime[];
  /** Frames before the first that can be decoded. */
  readonly undecodable: number;
}

/** Of a film with nothing but key frames there would be millions; nobody begins to decode at more places than these. */
const KEYS_PER_SECOND = 4;
/** More than this share without a presentation time: the container (AVI) has none, and decoding order has to do. */
const MOST_WITHOUT = 0.05;

/**
 * Frames in the order of their showing, from the packets' times and those of the first decoded frames: what comes before the first
 * that can be decoded is left out, and two packets that are the fields of one frame count once.
 */
export function presentationTimes(
  packets: PacketTimes,
  decoded: readonly number[],
  ticksPerSecond: number,
): PresentationTimes {
  const first = decoded[0];
  const shown = shownTimes(packets, first);
  const all = Float64Array.from(shown.filter((time) => !Number.isNaN(time))).toSorted();
  const times = framesOf(
    all.filter((time) => first === undefined || time >= first),
    decoded,
  );
  const keys = keysOf(packets, shown, { from: first ?? -Infinity, leastTicks: ticksPerSecond / KEYS_PER_SECOND });
  return { times, keys, undecodable: first === undefined ? 0 : all.filter((time) => time < first).length };
}

/** The first of each span of `leastTicks`. */
function keysOf(
  { keys, dts }: PacketTimes,
  shown: readonly number[],
  { from, leastTicks }: { from: number; leastTicks: number },
): KeyTime[] {
  const spans = new Map<number, KeyTime>();
  for (const position of keys) {
    const time = shown[position] ?? NaN;
    if (Number.isNaN(time) || time < from) continue;
    const span = Math.floor(time / leastTicks);
    const before = spans.get(span);
    if (before === undefined || time < before.shown) spans.set(span, { shown: time, decoded: dts[position] ?? NaN });
  }
  return [...spans.values()].toSorted((a, b) => a.shown - b.shown);
}

function shownTimes({ pts, dts }: PacketTimes, firstDecoded: number | undefined): number[] {
  const without = pts.filter((time) => Number.isNaN(time)).length;
  if (without === 0) return pts;
  if (without <= pts.length * MOST_WITHOUT) return withMissing(pts, dts);
  const start = dts.find((time) => !Number.isNaN(time)) ?? 0;
  const delay = firstDecoded === undefined ? 0 : firstDecoded - start;
  return dts.map((time) => time + delay);
}

/**
 * Some packets of a program stream say only when they are decoded. Pictures are shown as often as they are decoded: what is missing are
 * the moments, as late after decoding as all are together, at which nothing else is shown.
 */
function withMissing(pts: readonly number[], dts: readonly number[]): number[] {
  const known = Float64Array.from(pts.filter((time) => !Number.isNaN(time))).toSorted();
  const decoded = Float64Array.from(dts.filter((time) => !Number.isNaN(time))).toSorted();
  if (decoded.length < pts.length) return [...pts];
  const delay = (known[0] ?? 0) - (decoded[0] ?? 0);
  const near = medianStep(known) / 2;
  let at = 0;
  const free = [...decoded].flatMap((time) => {
    const moment = time + delay;
    while ((known[at] ?? Infinity) < moment - near) at += 1;
    return (known[at] ?? Infinity) <= moment + near ? [] : [moment];
  });
  let next = 0;
  return pts.map((time) => (Number.isNaN(time) ? (free[next++] ?? time) : time));
}

function framesOf(sorted: Float64Array, decoded: readonly number[]): Float64Array {
  const distinct = sorted.filter((time, position) => position === 0 || time !== sorted[position - 1]);
  const frame = medianStep(Float64Array.from(decoded));
  const packet = medianStep(distinct.subarray(0, decoded.length * 2));
  const fieldsApart = decoded.length > 3 && packet > 0 && Math.abs(frame / packet - 2) < 0.2;
  if (!fieldsApart) return distinct;
  let last = -Infinity;
  return distinct.filter((time) => {
    if (time - last < 0.75 * frame) return false;
    last = time;
    return true;
  });
}

/** The median of the steps between neighbours; 0 for fewer than two. */
export function medianStep(ascending: Float64Array): number {
  const steps = ascending
    .subarray(1)
    .map((time, position) => time - (ascending[position] ?? time))
    .toSorted();
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

import { SOURCE_LIMITS, TranscodeError, type Container } from '@transcode/contracts';
import { endOf, type ClockPart, type StreamClock } from './stream-clock.ts';

/** From this packet of a stream on, so many seconds are added to its times: on top of what earlier jumps add. */
export interface ClockJump {
  readonly fromPacket: number;
  readonly seconds: number;
}

/** Containers whose clock may begin anew anywhere, as in recordings and splices. In others, times are what the muxer meant. */
const CLOCKED: ReadonlySet<Container> = new Set(['mpegts', 'mpegps', 'flv']);
/** A clock that goes back or forward by less, in seconds, is not in order, but no other clock. */
const LEAST = { back: 1, forward: 10 };
/** Streams that jump together do so by the same, but for how they are interleaved. In seconds. */
const TOGETHER = 10;
/** A stream that runs on for so long behind another's jump has no part in it. In seconds. */
const OUTLASTS = 5;
/** Nothing at all for longer than this is no pause that anybody recorded. In seconds. */
const LONGEST_PAUSE = 3600;

export interface ClockFindings {
  readonly container: Container;
  readonly streams: ReadonlyMap<number, StreamClock>;
  /** The stream that decides where a part belongs: the picture. */
  readonly leading: number;
  /** Whether the container itself tells of a break between two places of the file. */
  readonly isBroken: (from: number, to: number) => Promise<boolean>;
}

interface Boundary {
  /** Number of the part that begins here. */
  readonly part: number;
  readonly order: number;
  /** Seconds from the end of what was before to the beginning of what comes. */
  readonly size: number;
}

/**
 * Where the clock of each stream jumps, and what brings the parts together as the bytes come. The picture's parts follow each other; sound
 * that jumps with it is moved by the same, so that both stay in step; what jumps alone runs on by itself. A pause is none: there other
 * streams ran on meanwhile, or the clock went on by less than an hour and nothing tells of a break.
 */
export async function clockJumps(findings: ClockFindings): Promise<Map<number, ClockJump[]>> {
  const { streams, leading } = findings;
  const led = streams.get(leading);
  const found = new Map<number, ClockJump[]>();
  if (led === undefined) return found;
  const leadingJumps: Boundary[] = [];
  for (const boundary of boundariesOf(led)) if (await isJump(led, boundary, findings)) leadingJumps.push(boundary);
  if (leadingJumps.length > SOURCE_LIMITS.clockJumps) {
    const reason = `its clock jumps ${leadingJumps.length} times; record or join it again with new timestamps`;
    throw new TranscodeError('source_unreadable', { reason });
  }
  if (leadingJumps.length > 0)
    found.set(
      leading,
      leadingJumps.map((jump) => continued(led, jump)),
    );
  for (const [index, stream] of streams) {
    if (index === leading) continue;
    const jumps = await following(stream, { leadingJumps, findings });
    if (jumps.length > 0) found.set(index, jumps);
  }
  return found;
}

async function following(
  stream: StreamClock,
  { leadingJumps, findings }: { leadingJumps: readonly Boundary[]; findings: ClockFindings },
): Promise<ClockJump[]> {
  const jumps: ClockJump[] = [];
  const taken = new Set<number>();
  for (const boundary of boundariesOf(stream)) {
    const jump = nearest(leadingJumps, boundary, taken);
    if (jump !== undefined) {
      taken.add(jump);
      jumps.push({ ...continued(stream, boundary), seconds: -(leadingJumps[jump]?.size ?? boundary.size) });
    } else if (CLOCKED.has(findings.container) && (await isJump(stream, boundary, findings))) {
      jumps.push(continued(stream, boundary));
    }
  }
  // One that jumps again and again has no clock that could be believed.
  return jumps.length > SOURCE_LIMITS.clockJumps ? [] : jumps;
}

function boundariesOf({ parts }: StreamClock): Boundary[] {
  return parts.slice(1).flatMap((part, position) => {
    const before = parts[position];
    if (before === undefined) return [];
    return [{ part: position + 1, order: part.order, size: part.shownFrom - endOf(before) }];
  });
}

function continued({ parts }: StreamClock, { part, size }: Boundary): ClockJump {
  return { fromPacket: parts[part]?.fromPacket ?? 0, seconds: -size };
}

async function isJump(
  { parts }: StreamClock,
  { part }: Boundary,
  { container, isBroken }: ClockFindings,
): Promise<boolean> {
  const [before, after] = [parts[part - 1], parts[part]];
  if (before === undefined || after === undefined) return false;
  const step = after.first - before.last;
  if (step < 0) return step < -LEAST.back;
  if (step < LEAST.forward || !CLOCKED.has(container) || ranThrough(before.last, after)) return false;
  return step > LONGEST_PAUSE || isLeftBehind(before.last, after) || isBroken(before.lastPosition, after.position);
}

/** Another stream had gone from before the gap to behind it when this one came there. */
function ranThrough(gapFrom: number, { first, others }: ClockPart): boolean {
  return others.some(({ part, last }) => part.first <= gapFrom + TOGETHER && last >= first - TOGETHER);
}

/** Another stream, as the bytes come, runs on at the time before the gap. */
function isLeftBehind(gapFrom: number, { others }: ClockPart): boolean {
  return others.some(({ part, last }) => last <= gapFrom + TOGETHER && part.last - last > OUTLASTS);
}

/** The jump of the picture that this one belongs to. */
function nearest(
  leading: readonly Boundary[],
  { order, size }: Boundary,
  taken: ReadonlySet<number>,
): number | undefined {
  const near = leading
    .map((jump, position) => ({ position, far: Math.abs(jump.order - order), apart: Math.abs(jump.size - size) }))
    .filter(({ position, apart }) => apart < TOGETHER && !taken.has(position))
    .toSorted((a, b) => a.far - b.far);
  return near[0]?.position;
}

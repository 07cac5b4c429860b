import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { boxesIn } from '../packager/mp4/box.ts';
import { FragmentStream } from '../packager/mp4/fragment-stream.ts';
import { hasIdr } from '../packager/mp4/has-idr.ts';
import type { PublishedReader } from '../published/published-reader.ts';
import { checkIframes } from './check-iframes.ts';
import type { CommittedPart } from './committed-part.ts';
import type { ListedSegment, ListedTrack } from './read-playlists.ts';
import type { MeasuredSegment } from './picture/starved-frames.ts';
import { verifyFailed } from './verify-failed.ts';

/** EXTINF is written to the microsecond. */
const EXTINF_TOLERANCE_SECONDS = 0.000_001;

export interface SegmentCheck {
  readonly reader: PublishedReader;
  readonly committed: CommittedPart;
  /** How long every frame lasts. */
  readonly sampleTicks: number;
}

export interface CheckedTotals {
  frames: number;
  /** Where the next frame is due. */
  ticks: number;
  readonly segments: MeasuredSegment[];
}

/** Nothing yet, of a track or a part of one whose first frame is due at this tick. */
export function totalsFrom(ticks: number): CheckedTotals {
  return { frames: 0, ticks, segments: [] };
}

/**
 * The bytes of a track, init first, each segment only after it has passed: it is what was committed, it starts where the one before
 * ended, with a key frame, and lasts what the playlist says. One segment is in memory at a time. `leadIn` goes unchecked before them.
 */
export async function* checkedBytes(
  track: ListedTrack,
  {
    reader,
    committed,
    sampleTicks,
    totals,
    leadIn = [],
  }: SegmentCheck & { totals: CheckedTotals; leadIn?: readonly Buffer[] },
): AsyncGenerator<Buffer> {
  const init = await checkedObject(reader, track.init, committed.init);
  checkInit(track, init);
  yield init;
  yield* leadIn;
  for (const segment of track.segments) {
    const bytes = await checkedObject(reader, segment.name, committed.segments.get(segment.name));
    try {
      checkIframes(track, segment.name, { init, bytes });
      await checkSegment(track, segment, { init, bytes, totals, sampleTicks });
    } catch (error) {
      throw asUnreadable(error, segment.name);
    }
    yield bytes;
  }
}

async function checkedObject(reader: PublishedReader, name: string, committed: string | undefined): Promise<Buffer> {
  const bytes = await reader.bytes(name);
  if (committed === undefined) throw verifyFailed(`${name} is in a playlist where it was never committed`);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== committed) throw verifyFailed(`${name} is not what was encoded (${bytes.length} bytes)`);
  return bytes;
}

/** Whatever stands in a segment behind its last fragment would be played as well. */
function checkInit({ init: name }: ListedTrack, init: Buffer): void {
  try {
    for (const { type } of boxesIn(init))
      if (type !== 'ftyp' && type !== 'moov') throw verifyFailed(`${name} holds a box ${type}`);
  } catch (error) {
    throw asUnreadable(error, name);
  }
}

async function checkSegment(
  { kind }: ListedTrack,
  { name, seconds }: ListedSegment,
  { init, bytes, totals, sampleTicks }: { init: Buffer; bytes: Buffer; totals: CheckedTotals; sampleTicks: number },
): Promise<void> {
  const fragments = new FragmentStream(Readable.from([init, bytes], { objectMode: false }));
  const before = totals.ticks;
  const shown: number[] = [];
  let timescale: number;
  try {
    const track = await fragments.track();
    ({ timescale } = track);
    const [delay = 0] = track.edits;
    for await (const sample of fragments.samples(track)) {
      if (sample.tick !== totals.ticks)
        throw verifyFailed(`${name} has a frame at tick ${sample.tick}, and ${totals.ticks} is due`);
      if (shown.length === 0 && kind === 'video' && !(sample.isSync && hasIdr(sample.data, track.nalLengthBytes)))
        throw verifyFailed(`${name} does not start with an IDR frame`);
      if (sample.ticks !== sampleTicks)
        throw verifyFailed(`${name} has a frame of ${sample.ticks} ticks, and not of ${sampleTicks}`);
      shown.push(sample.tick + sample.shift - delay);
      totals.ticks += sample.ticks;
      totals.frames += 1;
    }
  } finally {
    await fragments.close();
  }
  totals.segments.push({ frames: shown.length, bytes: bytes.length });
  checkShown(name, shown, { from: before, to: totals.ticks });
  const lasts = (totals.ticks - before) / timescale;
  if (Math.abs(lasts - seconds) > EXTINF_TOLERANCE_SECONDS + 1 / timescale)
    throw verifyFailed(`${name} lasts ${lasts} s, and its playlist says ${seconds} s`);
}

/** Every place of the segment is filled once, in whatever order the frames are decoded. */
function checkShown(name: string, shown: readonly number[], { from, to }: { from: number; to: number }): void {
  const step = (to - from) / shown.length;
  for (const [index, tick] of shown.toSorted((a, b) => a - b).entries()) {
    const due = from + index * step;
    if (tick !== due) throw verifyFailed(`${name} shows a frame at tick ${tick}, and ${due} is due`);
  }
}

function asUnreadable(error: unknown, name: string): unknown {
  if (!(error instanceof TranscodeError) || error.code !== 'package_failed') return error;
  return verifyFailed(`${name} cannot be read: ${String(error.details['reason'])}`, error);
}

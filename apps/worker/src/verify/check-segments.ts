import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { FragmentStream } from '../packager/fragment-stream.ts';
import { hasIdr } from '../packager/has-idr.ts';
import type { PublishedReader } from '../published/published-reader.ts';
import type { ListedSegment, ListedTrack } from './read-playlists.ts';
import { verifyFailed } from './verify-failed.ts';

/** EXTINF is written to the microsecond. */
const EXTINF_TOLERANCE_SECONDS = 0.000_001;

export interface CheckedTotals {
  frames: number;
  ticks: number;
  timescale: number;
}

/** sha256 by name, as committed when the segments were made. */
export type CommittedHashes = ReadonlyMap<string, string>;

/**
 * The bytes of a track, init first, each segment only after it has passed: it is what was committed, it starts where the one before
 * ended, with a key frame, and lasts what the playlist says. One segment is in memory at a time.
 */
export async function* checkedBytes(
  reader: PublishedReader,
  track: ListedTrack,
  { hashes, totals }: { hashes: CommittedHashes; totals: CheckedTotals },
): AsyncGenerator<Buffer> {
  const init = await checkedObject(reader, track.init, hashes);
  yield init;
  for (const segment of track.segments) {
    const bytes = await checkedObject(reader, segment.name, hashes);
    await checkSegment(track, segment, { init, bytes, totals });
    yield bytes;
  }
}

async function checkedObject(reader: PublishedReader, name: string, hashes: CommittedHashes): Promise<Buffer> {
  const bytes = await reader.bytes(name);
  const committed = hashes.get(name);
  if (committed === undefined) throw verifyFailed(`${name} is in a playlist, but was never committed`);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== committed) throw verifyFailed(`${name} is not what was encoded (${bytes.length} bytes)`);
  return bytes;
}

async function checkSegment(
  { kind }: ListedTrack,
  { name, seconds }: ListedSegment,
  { init, bytes, totals }: { init: Buffer; bytes: Buffer; totals: CheckedTotals },
): Promise<void> {
  const fragments = new FragmentStream(Readable.from([init, bytes], { objectMode: false }));
  const before = totals.ticks;
  try {
    const track = await fragments.track();
    totals.timescale = track.timescale;
    let isFirst = true;
    for await (const sample of fragments.samples(track)) {
      if (sample.tick !== totals.ticks) {
        throw verifyFailed(`${name} has a frame at tick ${sample.tick}, and ${totals.ticks} is due`);
      }
      if (isFirst && kind === 'video' && !(sample.isSync && hasIdr(sample.data, track.nalLengthBytes))) {
        throw verifyFailed(`${name} does not start with an IDR frame`);
      }
      isFirst = false;
      totals.ticks += sample.ticks;
      totals.frames += 1;
    }
  } catch (error) {
    if (error instanceof TranscodeError && error.code === 'package_failed') {
      throw verifyFailed(`${name} cannot be read: ${String(error.details['reason'])}`, error);
    }
    throw error;
  } finally {
    await fragments.close();
  }
  const lasts = (totals.ticks - before) / totals.timescale;
  if (Math.abs(lasts - seconds) > EXTINF_TOLERANCE_SECONDS + 1 / totals.timescale) {
    throw verifyFailed(`${name} lasts ${lasts} s, and its playlist says ${seconds} s`);
  }
}

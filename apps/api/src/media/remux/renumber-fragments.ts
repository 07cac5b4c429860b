import { boxAt, HEADER_BYTES, typeAt, unreadable } from './boxes.ts';

/** A fragment's header names every sample of a group of pictures: far less than this. */
const HEADER_MOST_BYTES = 16 * 1024 ** 2;

/**
 * The bytes of a segment, as many as before, with its fragments counted on from `sequence` and given to a track. Only a fragment's
 * header is held in memory, never its pictures.
 */
export async function* renumberFragments(
  segment: AsyncIterable<Buffer>,
  { track, sequence }: { readonly track: number; readonly sequence: number },
): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  /** What is left of a box that is passed on as it is. */
  let passing = 0;
  let next = sequence;
  for await (const chunk of segment) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (passing > 0) {
        const passed = held.subarray(0, passing);
        passing -= passed.length;
        held = held.subarray(passed.length);
        if (passed.length > 0) yield passed;
      }
      if (passing > 0 || held.length < HEADER_BYTES) break;
      const size = held.readUInt32BE(0);
      if (size < HEADER_BYTES) throw unreadable('a segment has a box of no size');
      if (typeAt(held, 0) !== 'moof') {
        passing = size;
        continue;
      }
      if (size > HEADER_MOST_BYTES) throw unreadable('a fragment has a header of more than it can have');
      if (held.length < size) break;
      yield renumbered(held.subarray(0, size), track, next);
      next += 1;
      held = held.subarray(size);
    }
  }
  if (passing > 0 || held.length > 0) throw unreadable('a segment breaks off');
}

function renumbered(header: Buffer, track: number, sequence: number): Buffer {
  const moof = Buffer.from(header);
  // Behind version and flags.
  moof.writeUInt32BE(sequence, boxAt(moof, 'moof', 'mfhd').body + 4);
  moof.writeUInt32BE(track, boxAt(moof, 'moof', 'traf', 'tfhd').body + 4);
  return moof;
}

import { box, boxAt } from './boxes.ts';

/** Of a track header (`tkhd`, version 0) and of `trex`, behind version and flags. */
const TKHD_TRACK_ID = 12;
const TREX_TRACK_ID = 4;
const MVHD_TIMESCALE = 12;

/**
 * What stands before the fragments of one file with several tracks: made of the initialisation segments of each, whose tracks are
 * numbered from 1 on in their order. The first one's clock is the file's.
 */
export function joinedHeader(inits: readonly Buffer[], seconds: number): Buffer {
  const [first] = inits;
  if (first === undefined) throw new Error('A file has at least one track');
  const ftyp = boxAt(first, 'ftyp');
  const mvhd = Buffer.from(partOf(first, 'moov', 'mvhd'));
  // Its last field: the number that the next track would have.
  mvhd.writeUInt32BE(inits.length + 1, mvhd.length - 4);
  const timescale = mvhd.readUInt32BE(8 + MVHD_TIMESCALE);
  return Buffer.concat([
    first.subarray(ftyp.start, ftyp.end),
    box(
      'moov',
      mvhd,
      ...inits.map((init, at) => trackNumbered(init, at + 1)),
      box('mvex', movieDuration(seconds * timescale), ...inits.map((init, at) => defaultsNumbered(init, at + 1))),
    ),
  ]);
}

function trackNumbered(init: Buffer, id: number): Buffer {
  const trak = Buffer.from(partOf(init, 'moov', 'trak'));
  trak.writeUInt32BE(id, boxAt(trak, 'trak', 'tkhd').body + TKHD_TRACK_ID);
  return trak;
}

function defaultsNumbered(init: Buffer, id: number): Buffer {
  const trex = Buffer.from(partOf(init, 'moov', 'mvex', 'trex'));
  trex.writeUInt32BE(id, 8 + TREX_TRACK_ID);
  return trex;
}

/** `mehd`: without it a player that has only the beginning would not know how long the whole is. */
function movieDuration(ticks: number): Buffer {
  const body = Buffer.alloc(12);
  body.writeUInt8(1, 0);
  body.writeBigUInt64BE(BigInt(Math.round(ticks)), 4);
  return box('mehd', body);
}

function partOf(bytes: Buffer, ...path: readonly string[]): Buffer {
  const { start, end } = boxAt(bytes, ...path);
  return bytes.subarray(start, end);
}

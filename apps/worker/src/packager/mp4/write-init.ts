import { box, fullBox, latin1, u16, u32 } from './box.ts';
import type { Track } from './track.ts';

const TRACK_ID = 1;
const UNITY_MATRIX = u32(0x1_00_00, 0, 0, 0, 0x1_00_00, 0, 0, 0, 0x40_00_00_00);
const UNDETERMINED_LANGUAGE = 0x55_c4;

/**
 * The initialisation segment of a track: no dates, no names of programs, so that two runs of the same encoder with the same
 * options give the same bytes. An edit list only where pictures are shown `presentationDelay` ticks after they decode.
 */
export function writeInit(
  track: Track,
  { timescale, presentationDelay }: { timescale: number; presentationDelay: number },
): Buffer {
  const edits =
    presentationDelay === 0 ? [] : [box('edts', fullBox('elst', 0, 0, u32(1, 0, presentationDelay), u16(1, 0)))];
  return Buffer.concat([
    box('ftyp', latin1('iso6'), u32(0), latin1('iso6cmfcmp41')),
    box(
      'moov',
      fullBox(
        'mvhd',
        0,
        0,
        u32(0, 0, timescale, 0, 0x1_00_00),
        u16(0x1_00, 0),
        u32(0, 0),
        UNITY_MATRIX,
        Buffer.alloc(24),
        u32(TRACK_ID + 1),
      ),
      box('trak', writeTkhd(track), ...edits, writeMdia(track, timescale)),
      box('mvex', fullBox('trex', 0, 0, u32(TRACK_ID, 1, 0, 0, 0))),
    ),
  ]);
}

function writeTkhd(track: Track): Buffer {
  const isAudio = track.kind === 'audio';
  return fullBox(
    'tkhd',
    0,
    7,
    u32(0, 0, TRACK_ID, 0, 0, 0, 0),
    u16(0, 0, isAudio ? 0x1_00 : 0, 0),
    UNITY_MATRIX,
    u32((track.width ?? 0) * 0x1_00_00, (track.height ?? 0) * 0x1_00_00),
  );
}

function writeMdia(track: Track, timescale: number): Buffer {
  const [handler, name, mediaHeader] =
    track.kind === 'video'
      ? ['vide', 'Video', fullBox('vmhd', 0, 1, Buffer.alloc(8))]
      : ['soun', 'Audio', fullBox('smhd', 0, 0, Buffer.alloc(4))];
  return box(
    'mdia',
    fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(UNDETERMINED_LANGUAGE, 0)),
    fullBox('hdlr', 0, 0, u32(0), latin1(handler), Buffer.alloc(12), latin1(`${name}\0`)),
    box(
      'minf',
      mediaHeader,
      box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
      box(
        'stbl',
        fullBox('stsd', 0, 0, u32(1), track.sampleEntry),
        fullBox('stts', 0, 0, u32(0)),
        fullBox('stsc', 0, 0, u32(0)),
        fullBox('stsz', 0, 0, u32(0, 0)),
        fullBox('stco', 0, 0, u32(0)),
      ),
    ),
  );
}

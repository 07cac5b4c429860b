import { readAacConfig } from './aac-config.ts';
import type { Box } from './box.ts';
import { box, boxesIn, childAt, childOf, optionalChildOf } from './box.ts';
import { Fields } from './fields.ts';
import { packageFailed } from '../package-failed.ts';

/** What an initialisation segment says of its only track. */
export interface Track {
  readonly id: number;
  readonly kind: 'video' | 'audio';
  readonly timescale: number;
  readonly codec: string;
  /** The sample entry, `avc1` or `mp4a`, without what differs from run to run of the same encoder. */
  readonly sampleEntry: Buffer;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  /** Bytes of the length before each NAL unit. */
  readonly nalLengthBytes: number;
  /** Media times of its edit list, in ticks: where it has one, the track is shown from there on. */
  readonly edits: readonly number[];
  readonly defaults: SampleDefaults;
}

export interface SampleDefaults {
  readonly ticks: number;
  readonly bytes: number;
  readonly flags: number;
}

const VISUAL_ENTRY_BYTES = 78;
const AUDIO_ENTRY_BYTES = 28;

/** Reads a `moov` box that announces fragments of one track. */
export function readTrack(moov: Box): Track {
  const trak = childOf(moov, 'trak');
  const trex = new Fields(childAt(moov, 'mvex', 'trex'));
  trex.header();
  const id = trex.u32();
  trex.skip(4);
  const defaults = { ticks: trex.u32(), bytes: trex.u32(), flags: trex.u32() };

  const stbl = childAt(trak, 'mdia', 'minf', 'stbl');
  const stsz = new Fields(childOf(stbl, 'stsz')).skip(8);
  if (stsz.u32() !== 0) throw packageFailed('the header holds samples of its own');
  const stsd = new Fields(childOf(stbl, 'stsd'));
  stsd.header();
  if (stsd.u32() !== 1) throw packageFailed('the track has more than one sample entry');
  const [entry] = [...boxesIn(stsd.bytes(stsd.left))];
  if (entry === undefined) throw packageFailed('the track has no sample entry');

  const common = {
    id,
    timescale: timescaleOf(childAt(trak, 'mdia', 'mdhd')),
    edits: readEdits(trak),
    defaults,
  };
  if (common.timescale === 0) throw packageFailed('the track has no timescale');
  if (entry.type === 'avc1') return { ...common, ...readVideoEntry(entry) };
  if (entry.type === 'mp4a') return { ...common, ...readAudioEntry(entry) };
  throw packageFailed(`the track holds ${JSON.stringify(entry.type)}, neither H.264 nor AAC`);
}

function timescaleOf(mdhd: Box): number {
  const fields = new Fields(mdhd);
  return fields.skip(fields.header().version === 1 ? 16 : 8).u32();
}

function readEdits(trak: Box): number[] {
  const edts = optionalChildOf(trak, 'edts');
  if (edts === undefined) return [];
  const fields = new Fields(childOf(edts, 'elst'));
  const isLong = fields.header().version === 1;
  return Array.from({ length: fields.u32() }, () => {
    fields.skip(isLong ? 8 : 4);
    const mediaTime = isLong ? fields.i64() : fields.i32();
    fields.skip(4);
    return mediaTime;
  });
}

function readVideoEntry(entry: Box) {
  const head = Buffer.from(new Fields(entry).bytes(VISUAL_ENTRY_BYTES));
  // The encoder's name: of no use to a player, and different from build to build.
  head.fill(0, 42, 74);
  const parts = { type: 'avc1', body: entry.body.subarray(VISUAL_ENTRY_BYTES) };
  const avcC = childOf(parts, 'avcC');
  const config = new Fields(avcC).skip(1);
  const codec = `avc1.${config.bytes(3).toString('hex')}`;
  return {
    kind: 'video' as const,
    codec,
    width: head.readUInt16BE(24),
    height: head.readUInt16BE(26),
    nalLengthBytes: (config.u8() & 3) + 1,
    sampleEntry: box('avc1', head, ...keep(parts, ['avcC', 'colr', 'pasp'])),
  };
}

function readAudioEntry(entry: Box) {
  const head = new Fields(entry).bytes(AUDIO_ENTRY_BYTES);
  if (head.readUInt16BE(8) !== 0) throw packageFailed('the sound is described in the way of QuickTime');
  const parts = { type: 'mp4a', body: entry.body.subarray(AUDIO_ENTRY_BYTES) };
  return {
    kind: 'audio' as const,
    ...readAacConfig(childOf(parts, 'esds')),
    sampleRate: head.readUInt16BE(24),
    nalLengthBytes: 0,
    sampleEntry: box('mp4a', head, ...keep(parts, ['esds'])),
  };
}

function keep(parent: Box, types: readonly string[]): Buffer[] {
  return [...boxesIn(parent.body)].filter(({ type }) => types.includes(type)).map(({ type, body }) => box(type, body));
}

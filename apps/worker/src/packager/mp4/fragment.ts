import type { Box } from './box.ts';
import { boxesIn, childOf } from './box.ts';
import { Fields } from './fields.ts';
import { packageFailed } from '../package-failed.ts';
import type { SampleDefaults, Track } from './track.ts';

/** A sample as a `moof` box tells of it. `offset` counts from the first byte of the `moof`. */
export interface SampleEntry {
  readonly offset: number;
  readonly bytes: number;
  /** Decode time on the track's timescale. */
  readonly tick: number;
  readonly ticks: number;
  /** Presentation time less decode time. */
  readonly shift: number;
  readonly isSync: boolean;
}

/** More samples than any fragment of ours can hold; a file that claims more is lying. */
const MAX_SAMPLES = 100_000;
const NON_SYNC = 0x1_00_00;

/** The samples of one fragment, in decode order, as ISO/IEC 14496-12 lays them out. */
export function readFragment(moof: Box, track: Track): SampleEntry[] {
  const traf = childOf(moof, 'traf');
  const defaults = readTfhd(childOf(traf, 'tfhd'), track);
  const tfdt = new Fields(childOf(traf, 'tfdt'));
  let tick = tfdt.header().version === 1 ? tfdt.u64() : tfdt.u32();
  const samples: SampleEntry[] = [];
  let end: number | undefined;
  for (const child of boxesIn(traf.body)) {
    if (child.type !== 'trun') continue;
    for (const sample of readTrun(child, defaults, { tick, offset: end })) {
      if (samples.push(sample) > MAX_SAMPLES) throw packageFailed('a fragment holds too many samples');
      tick = sample.tick + sample.ticks;
      end = sample.offset + sample.bytes;
    }
  }
  return samples;
}

function readTfhd(tfhd: Box, track: Track): SampleDefaults {
  const fields = new Fields(tfhd);
  const { flags } = fields.header();
  if (fields.u32() !== track.id) throw packageFailed('a fragment belongs to another track');
  if ((flags & 0x2_00_00) === 0 || (flags & 1) !== 0) throw packageFailed('a fragment is not addressed from its moof');
  if ((flags & 2) !== 0) fields.skip(4);
  const field = (bit: number, otherwise: number): number => ((flags & bit) === 0 ? otherwise : fields.u32());
  return {
    ticks: field(8, track.defaults.ticks),
    bytes: field(0x10, track.defaults.bytes),
    flags: field(0x20, track.defaults.flags),
  };
}

function* readTrun(
  trun: Box,
  defaults: SampleDefaults,
  start: { tick: number; offset: number | undefined },
): Generator<SampleEntry> {
  const fields = new Fields(trun);
  const { version, flags } = fields.header();
  const count = fields.u32();
  let offset = (flags & 1) === 0 ? start.offset : fields.i32();
  if (offset === undefined || offset < 0) throw packageFailed('a run of samples does not say where it starts');
  const firstFlags = (flags & 4) === 0 ? undefined : fields.u32();
  let { tick } = start;
  for (let index = 0; index < count; index += 1) {
    const ticks = (flags & 0x1_00) === 0 ? defaults.ticks : fields.u32();
    const bytes = (flags & 0x2_00) === 0 ? defaults.bytes : fields.u32();
    const ownFlags = (flags & 0x4_00) === 0 ? defaults.flags : fields.u32();
    const sampleFlags = index === 0 && firstFlags !== undefined ? firstFlags : ownFlags;
    const shift = (flags & 0x8_00) === 0 ? 0 : version === 0 ? fields.u32() : fields.i32();
    yield { offset, bytes, tick, ticks, shift, isSync: (sampleFlags & NON_SYNC) === 0 };
    tick += ticks;
    offset += bytes;
  }
}

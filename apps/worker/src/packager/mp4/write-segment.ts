import type { SegmentIndex } from '@transcode/contracts';
import { box, fullBox, latin1, u32, u64 } from './box.ts';

/** A sample on the published grid: `shift` is presentation less decode time, in ticks of the published timescale. */
export interface GridSample {
  readonly data: Buffer;
  readonly shift: number;
  readonly isSync: boolean;
}

const SYNC = 0x2_00_00_00;
const NON_SYNC = 0x1_01_00_00;
const STYP = box('styp', latin1('msdh'), u32(0), latin1('msdhcmfs'));

/**
 * One segment: `styp`, then one `moof` and `mdat` for each group of pictures (one for the whole of a sound segment), so that
 * a group's header and its first picture are one byte range. Sample `n` decodes at `tick + n * sampleTicks`.
 */
export function writeSegment(
  kind: 'video' | 'audio',
  samples: readonly GridSample[],
  { tick, sampleTicks }: { tick: number; sampleTicks: number },
): { bytes: Buffer; keyPictures: SegmentIndex['keyPictures'] } {
  const parts: Buffer[] = [STYP];
  let offset = STYP.length;
  const keyPictures: SegmentIndex['keyPictures'] = [];
  const groups = kind === 'video' ? splitAtSync(samples) : [samples];
  let first = 0;
  for (const group of groups) {
    const start = tick + first * sampleTicks;
    const header = writeFragmentHeader(kind, group, start, sampleTicks);
    if (kind === 'video')
      keyPictures.push({
        tick: start,
        ticks: group.length * sampleTicks,
        offset,
        bytes: header.length + (group[0]?.data.length ?? 0),
      });
    parts.push(header, ...group.map(({ data }) => data));
    offset += header.length + bytesOf(group);
    first += group.length;
  }
  return { bytes: Buffer.concat(parts, offset), keyPictures };
}

function splitAtSync(samples: readonly GridSample[]): GridSample[][] {
  const groups: GridSample[][] = [];
  for (const sample of samples) {
    const group = groups.at(-1);
    if (group === undefined || sample.isSync) groups.push([sample]);
    else group.push(sample);
  }
  return groups;
}

/** `moof`, and the header of the `mdat` that follows it. */
function writeFragmentHeader(
  kind: 'video' | 'audio',
  samples: readonly GridSample[],
  tick: number,
  sampleTicks: number,
): Buffer {
  // A number that grows with the fragments of a track, in whatever chunk each was made.
  const sequence = (Math.round(tick / sampleTicks) % 0xff_ff_ff_ff) + 1;
  const moof = (dataOffset: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(sequence)),
      box(
        'traf',
        fullBox('tfhd', 0, 0x2_00_28, u32(1, sampleTicks, kind === 'video' ? NON_SYNC : SYNC)),
        fullBox('tfdt', 1, 0, u64(tick)),
        kind === 'video' ? videoRun(samples, dataOffset) : audioRun(samples, dataOffset),
      ),
    );
  const size = moof(0).length;
  return Buffer.concat([moof(size + 8), u32(bytesOf(samples) + 8), latin1('mdat')]);
}

function videoRun(samples: readonly GridSample[], dataOffset: number): Buffer {
  const table = Buffer.alloc(samples.length * 8);
  for (const [index, { data, shift }] of samples.entries()) {
    table.writeUInt32BE(data.length, index * 8);
    table.writeUInt32BE(shift, index * 8 + 4);
  }
  return fullBox('trun', 0, 0xa_05, u32(samples.length, dataOffset, SYNC), table);
}

function audioRun(samples: readonly GridSample[], dataOffset: number): Buffer {
  return fullBox('trun', 1, 0x2_01, u32(samples.length, dataOffset, ...samples.map(({ data }) => data.length)));
}

function bytesOf(samples: readonly GridSample[]): number {
  return samples.reduce((sum, { data }) => sum + data.length, 0);
}

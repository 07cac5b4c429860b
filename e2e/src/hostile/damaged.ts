import { deflateSync } from 'node:zlib';
import { bodyOf, box, edited, u32 } from './boxes.ts';
import type { HostileCase } from './hostile-case.ts';
import { made, picture, X264 } from './run-tool.ts';

const UNREADABLE = { code: 'source_unreadable', says: /damaged or incomplete and could not be read: ./ } as const;
const MDIA = ['moov', 'trak', 'mdia'];
const STBL = [...MDIA, 'minf', 'stbl'];

/** What files of a kind begin with. */
const HEADS = [
  ['MPEG-PS', '000001ba44000400040100'],
  ['an AVI', '52494646ffffff7f415649204c495354001000006864726c61766968'],
  ['FLV', '464c56010500000009000000000900'],
  ['Ogg', '4f67675300020000000000000000'],
  ['a GIF', '474946383961ffffffff'],
  ['WMV', '3026b2758e66cf11a6d900aa0062ce6cffffffffffffff7f'],
  ['MXF', '060e2b34020501010d01020101020400830000'],
  ['a WAV', '52494646ffffffff57415645666d7420ffffff7f'],
  ['FLAC', '664c61430000002200'],
  ['MP3', 'fffb90640000'],
  ['AAC', 'fff15080ffff'],
] as const;

/** Files that break off, lie about their lengths, or were spoilt with care. */
export const DAMAGED: readonly HostileCase[] = [
  {
    name: 'cut off before its index',
    fileName: 'no-index.mp4',
    make: ({ plain }) => plain.subarray(0, Math.floor(plain.length / 2)),
    expect: UNREADABLE,
  },
  {
    name: 'cut off behind its index',
    fileName: 'half.mp4',
    make: async (bench) => {
      const whole = await made(bench, 'mp4', [...picture({ frames: 50 }), ...X264, '-movflags', '+faststart']);
      return whole.subarray(0, Math.floor(whole.length * 0.6));
    },
    // What is there is shown, and said to be not all.
    expect: {
      ...{ width: 160, height: 90 },
      wrong: ({ probe, job }) => {
        const frames = job?.plan?.grid.frames ?? 50;
        const told = probe?.warnings.join(' ') ?? '';
        return [
          ...(frames < 50 ? [] : [`it has ${frames} frames`]),
          ...(/not in order: .*partial file/.test(told) ? [] : [`it says: ${told}`]),
        ];
      },
    },
  },
  {
    name: 'nothing but zeros behind its first quarter',
    fileName: 'zeros.mp4',
    make: async (bench) => {
      const argv = [...picture({ frames: 200 }), ...X264, '-g', '10', '-movflags', '+faststart'];
      const whole = await made(bench, 'mp4', argv);
      return whole.fill(0, Math.floor(whole.length / 4));
    },
    expect: { code: 'source_unreadable', says: /\d+ of 150 frames of v90 came out/ },
  },
  {
    name: 'noise behind the first bytes of a film',
    fileName: 'noise-inside.mp4',
    make: ({ plain }) => Buffer.concat([plain.subarray(0, 32), noise(200_000, 1)]),
    expect: UNREADABLE,
  },
  {
    name: 'noise behind the first bytes of a Matroska',
    fileName: 'noise-inside.mkv',
    make: async (bench) => {
      const whole = await made(bench, 'mkv', [...picture(), ...X264]);
      return Buffer.concat([whole.subarray(0, 60), noise(200_000, 2)]);
    },
    expect: UNREADABLE,
  },
  ...HEADS.map(([kind, head]): HostileCase => ({
    name: `noise behind the first bytes of ${kind}`,
    fileName: 'noise.bin',
    make: () => Buffer.concat([Buffer.from(head, 'hex'), noise(100_000, 3)]),
    expect: 'either',
  })),
  ...[11, 12, 13, 14, 15, 16].map((seed): HostileCase => ({
    name: `an index with other bytes here and there (${seed})`,
    fileName: `fuzzed-${seed}.mp4`,
    make: ({ plain }) => fuzzed(plain, seed),
    expect: 'either',
  })),
  {
    name: 'a clock of zero ticks a second',
    fileName: 'no-clock.mp4',
    make: ({ plain }) => edited(edited(plain, ['moov', 'mvhd'], zeroAt(12)), [...MDIA, 'mdhd'], zeroAt(12)),
    // ffmpeg takes it for one tick a second: then the frames are minutes apart.
    expect: { code: 'source_too_large', says: /a new picture only every 512 s/ },
  },
  {
    name: 'frames that last less than nothing',
    fileName: 'backwards.mp4',
    make: ({ plain }) => edited(plain, [...STBL, 'stts'], () => u32(0, 2, 12, 512, 13, 0xffff_fe00)),
    expect: 'either',
  },
  {
    name: 'an edit of a negative length',
    fileName: 'negative-edit.mp4',
    make: ({ plain }) =>
      edited(plain, ['moov', 'trak', 'edts', 'elst'], () =>
        u32(0, 2, 0xffff_ff00, 0xffff_fffe, 0x1_0000, 1000, 0, 0x1_0000),
      ),
    expect: 'either',
  },
  {
    name: 'a box that is larger than any disk',
    fileName: 'giant-box.mp4',
    make: ({ plain }) => {
      const huge = Buffer.concat([u32(1), Buffer.from('moov'), u32(0x7fff_ffff, 0xffff_ffff)]);
      return Buffer.concat([plain.subarray(0, 32), huge, bodyOf(plain, ['moov'])]);
    },
    expect: 'either',
  },
  {
    name: 'more samples than there is memory for',
    fileName: 'giant-table.mp4',
    make: ({ plain }) => edited(plain, [...STBL, 'stsz'], () => u32(0, 1, 0x7fff_fff0)),
    expect: 'either',
  },
  {
    name: 'one sample of two gigabytes',
    fileName: 'giant-sample.mp4',
    make: ({ plain }) => edited(plain, [...STBL, 'stsz'], () => u32(0, 0x7fff_0000, 25)),
    expect: UNREADABLE,
  },
  {
    name: 'boxes in boxes in boxes',
    fileName: 'nested.mp4',
    make: ({ plain }) => {
      let nested = box('udta');
      for (let depth = 0; depth < 5_000; depth += 1) nested = box(depth % 2 === 0 ? 'moov' : 'trak', nested);
      return Buffer.concat([plain.subarray(0, 32), nested]);
    },
    expect: UNREADABLE,
  },
  {
    name: 'a packed index that unpacks to a thousand times its size',
    fileName: 'packed.mov',
    make: () => {
      const unpacked = Buffer.alloc(200 * 1024 ** 2);
      const data = box('cmvd', u32(unpacked.length), deflateSync(unpacked, { level: 1 }));
      const packed = box('cmov', box('dcom', Buffer.from('zlib')), data);
      return Buffer.concat([box('ftyp', Buffer.from('qt  '), u32(0)), box('moov', packed)]);
    },
    expect: UNREADABLE,
  },
  {
    name: 'elements in elements, each said to be endless',
    fileName: 'nested.mkv',
    make: async (bench) => {
      const whole = await made(bench, 'mkv', [...picture(), ...X264]);
      const segment = whole.indexOf(Buffer.from('18538067', 'hex'));
      const tags = Buffer.from('1254c367ff7373ff63c0ff67c8ff', 'hex');
      return Buffer.concat([whole.subarray(0, segment), ...Array.from({ length: 20_000 }, () => tags)]);
    },
    expect: UNREADABLE,
  },
  {
    name: 'a picture without a single key frame',
    fileName: 'no-key.ts',
    make: async (bench) => {
      const whole = await made(bench, 'ts', [
        ...picture({ frames: 50 }),
        ...X264,
        '-g',
        '250',
        '-x264-params',
        'repeat-headers=0',
      ]);
      return whole.subarray(188 * 20);
    },
    expect: 'either',
  },
];

function zeroAt(offset: number): (body: Buffer) => Buffer {
  return (body) => body.fill(0, offset, offset + 4);
}

/** Bytes that look like chance and are the same each time. */
function noise(length: number, seed: number): Buffer {
  const next = random(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)));
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

/** Turns one byte in a hundred of the index into another. */
function fuzzed(plain: Buffer, seed: number): Buffer {
  const next = random(seed);
  return edited(plain, ['moov'], (body) => {
    for (let count = 0; count < body.length / 100; count += 1) {
      body.writeUInt8(Math.floor(next() * 256), Math.floor(next() * body.length));
    }
    return body;
  });
}

import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Encryption } from '../../src/sniff/encryption/encryption.ts';
import { findEncryption } from '../../src/sniff/encryption/find-encryption.ts';
import { rangedReader } from '../../src/sniff/encryption/ranged-reader.ts';
import { sniffContainer } from '../../src/sniff/sniff-container.ts';
import { lavfi, makeSource } from '../make-source.ts';

const GRAPHS = lavfi('testsrc2=s=160x90:r=25:d=2', 'sine=r=48000:d=2');
const PLAIN = ['-c:v', 'mpeg2video', '-c:a', 'mp2'];
const CENC = [
  '-encryption_scheme',
  'cenc-aes-ctr',
  '-encryption_key',
  '7'.repeat(32),
  '-encryption_kid',
  '1'.repeat(32),
];

const element = (id: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x40, body.length]), body]);
};
const track = (type: number, ...more: readonly Buffer[]): Buffer =>
  element('ae', element('83', Buffer.from([type])), element('86', Buffer.from('V_VP9')), ...more);
const encoding = (type: number): Buffer => element('6d80', element('6240', element('5033', Buffer.from([type]))));

const matroska = (...tracks: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('1a45dfa380', 'hex'),
    Buffer.from('1853806701ffffffffffffff', 'hex'),
    element('ec', Buffer.alloc(70)),
    element('1654ae6b', ...tracks),
  ]);

async function found(bytes: Buffer): Promise<readonly Encryption[]> {
  const get = ({ start, end }: { start: number; end: number }): Readable =>
    Readable.from([bytes.subarray(start, end + 1)]);
  const source = rangedReader(
    { get: async (_, range) => get(range ?? { start: 0, end: bytes.length }) },
    'key',
    bytes.length,
  );
  const container = sniffContainer(bytes.subarray(0, 65_536));
  if (container === undefined) throw new Error('It is none of ours');
  return findEncryption(container, source);
}

async function made(ending: string, encoders: readonly string[]): Promise<Buffer> {
  const name = `${crypto.randomUUID()}.${ending}`;
  return readFile(await makeSource(GRAPHS, { name, encoders }));
}

describe('a film in the clear says nothing of encryption', () => {
  test.each([
    ['mp4', []],
    ['mov', []],
    ['mkv', []],
    ['ts', PLAIN],
    ['m2ts', ['-c:v', 'mpeg2video', '-c:a', 'ac3']],
    ['vob', [...PLAIN, '-b:v', '4M']],
    ['wmv', ['-c:v', 'wmv2', '-c:a', 'wmav2']],
    ['mxf', ['-c:v', 'mpeg2video']],
    ['flv', ['-c:v', 'flv', '-c:a', 'aac']],
  ])('%s', async (ending, encoders) => {
    expect(await found(await made(ending, encoders))).toEqual([]);
  });
});

describe('an encrypted one does', () => {
  test('by the ids of its tracks', async () => {
    const streams = { by: 'id', numbers: [1, 2] };
    const expected = [{ scheme: 'Common Encryption, cenc', streams, isCertain: true }];
    expect(await found(await made('mp4', CENC))).toEqual(expected);
    expect(await found(await made('mp4', [...CENC, '-movflags', '+faststart']))).toEqual(expected);
  });

  test('but for what is packed for it and in the clear', async () => {
    const clear = await made('mp4', CENC);
    for (let at = clear.indexOf('tenc'); at >= 0; at = clear.indexOf('tenc', at + 4)) clear.writeUInt8(0, at + 10);
    expect(await found(clear)).toEqual([]);
  });

  test('by the places of its streams, though some before are of no kind that ffmpeg knows', async () => {
    expect(await found(matroska(track(18), track(1), track(2, encoding(1))))).toEqual([
      { scheme: 'Matroska encryption', streams: { by: 'place', numbers: [1] }, isCertain: true },
    ]);
    // Packed small, and no more.
    expect(await found(matroska(track(1, encoding(0))))).toEqual([]);
  });
});

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
};
const SINF = box(
  'sinf',
  box('frma', Buffer.from('avc1')),
  box('schm', Buffer.from('\0\0\0\0cenc\0\u0001\0\0', 'latin1')),
);
/** An MP4 of one track with these sample entries. */
const mp4 = (...entries: readonly Buffer[]): Buffer => {
  const tkhd = Buffer.alloc(84);
  tkhd.writeUInt32BE(7, 12);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(entries.length, 4);
  const media = box('mdia', box('minf', box('stbl', box('stsd', head, ...entries))));
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', box('trak', box('tkhd', tkhd), media))]);
};

const entry = (type: string, ...more: readonly Buffer[]): Buffer => box(type, Buffer.alloc(78), ...more);
const said = (isCertain: boolean) => [
  { scheme: 'Common Encryption, cenc', streams: { by: 'id', numbers: [7] }, isCertain },
];

describe('of the sample entries of a track', () => {
  test.each([
    ['one that is protected is certain', [entry('encv', SINF)], said(true)],
    ['one in the clear beside it leaves a doubt', [entry('encv', SINF), entry('avc1')], said(false)],
    ['what says how it was protected in one that is not does, too', [entry('avc1', SINF)], said(false)],
    [
      'one that only is called protected does, too',
      [entry('encv')],
      [{ scheme: 'Common Encryption', isCertain: false }],
    ],
    ['one in the clear says nothing', [entry('avc1')], []],
  ])('%s', async (_, entries, expected) => {
    expect(await found(mp4(...entries))).toMatchObject(expected);
  });
});

interface Header {
  readonly pid: number;
  readonly isScrambled?: boolean;
  readonly isDamaged?: boolean;
  /** Bytes of the adaptation field behind its length; -1 for none. */
  readonly adaptation?: number;
}
const packet = ({ pid, isScrambled = false, isDamaged = false, adaptation = -1 }: Header): Buffer => {
  const bytes = Buffer.alloc(188);
  bytes.writeUInt32BE(0x47_00_00_10 + pid * 0x1_00);
  if (isDamaged) bytes.writeUInt8(bytes.readUInt8(1) | 0x80, 1);
  if (isScrambled) bytes.writeUInt8(bytes.readUInt8(3) | 0x80, 3);
  if (adaptation >= 0) {
    bytes.writeUInt8(bytes.readUInt8(3) | 0x20, 3);
    bytes.writeUInt8(adaptation, 4);
  }
  return bytes;
};
const packets = (count: number, header: Header): Buffer[] => Array.from({ length: count }, () => packet(header));

describe('of a transport stream', () => {
  const SCRAMBLED = [{ scheme: 'a scrambled broadcast', streams: { by: 'id', numbers: [0x64] }, isCertain: false }];

  test('packets count that are scrambled', async () => {
    expect(await found(Buffer.concat(packets(20, { pid: 0x64, isScrambled: true })))).toEqual(SCRAMBLED);
  });

  test.each([
    ['damaged', { isDamaged: true }],
    ['full of what is no payload', { adaptation: 183 }],
  ])('but not those that are %s', async (_, more) => {
    expect(await found(Buffer.concat(packets(20, { pid: 0x64, isScrambled: true, ...more })))).toEqual([]);
  });

  test.each([600_000, 1_500_000])('nor does any count twice in %i bytes', async (bytes) => {
    const clear = packets(Math.floor(bytes / 376), { pid: 0x65 });
    const film = (count: number) =>
      Buffer.concat([...clear, ...packets(count, { pid: 0x64, isScrambled: true }), ...clear]);
    expect(await found(film(3))).toEqual([]);
    expect(await found(film(4))).toEqual(SCRAMBLED);
  });
});

const pes = (payload: number): Buffer => {
  const bytes = Buffer.concat([Buffer.from('000001e00000b00000', 'hex'), Buffer.alloc(payload, 0xff)]);
  bytes.writeUInt16BE(3 + payload, 4);
  return bytes;
};

const program = (payload: number): Buffer =>
  Buffer.concat([
    Buffer.from('000001ba4400040004010189c3f8', 'hex'),
    ...Array.from({ length: 20 }, () => pes(payload)),
  ]);

test('of a program stream packets without a payload do not count', async () => {
  expect(await found(program(0))).toEqual([]);
  expect(await found(program(40))).toEqual([
    { scheme: 'CSS, as on DVDs', streams: { by: 'id', numbers: [0x1e0] }, isCertain: false },
  ]);
});

const tag = (type: number): Buffer => {
  const bytes = Buffer.alloc(11 + 5000 + 4, 0x55);
  bytes.writeUInt32BE(type * 2 ** 24 + 5000);
  bytes.fill(0, 4, 11);
  bytes.writeUInt32BE(11 + 5000, 11 + 5000);
  return bytes;
};

test('a Flash film is looked at to its end', async () => {
  const film = Buffer.concat([
    Buffer.from('464c5601050000000900000000', 'hex'),
    ...Array.from({ length: 600 }, (_, n) => tag(n % 2 === 0 ? 8 : n < 300 ? 9 : 0x29)),
  ]);
  expect(await found(film)).toEqual([
    { scheme: 'Adobe Access', streams: { by: 'place', numbers: [1] }, isCertain: false },
  ]);
});

const NOISE = Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 2_654_435_761) >>> 24));

test.each([
  '00000018667479706d703432',
  '1a45dfa3',
  '000001ba4400040004010189c3f8000001bb',
  '3026b2758e66cf11a6d900aa0062ce6c',
  '464c560105000000',
])('noise behind %s is no reason to fail', async (head) => {
  expect(await found(Buffer.concat([Buffer.from(head, 'hex'), NOISE]))).toEqual([]);
});

test('nor is noise in the packets of a transport stream', async () => {
  const film = Buffer.from(NOISE);
  for (let at = 0; at < film.length; at += 188) film.writeUInt8(0x47, at);
  expect(await found(film)).toEqual([]);
});

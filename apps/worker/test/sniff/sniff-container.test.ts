import { expect, test } from 'vitest';
import { sniffContainer } from '../../src/sniff/sniff-container.ts';

const packets = Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([Buffer.of(0x47), Buffer.alloc(187)])));
const id3 = Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0\u0014', 'latin1'), Buffer.alloc(20)]);

test.each([
  ['an MP4', Buffer.from('\0\0\0\u0020ftypisom', 'latin1'), 'mp4'],
  ['a MOV without ftyp', Buffer.from('\0\0\0\u0008wide\0\0\0\u0010mdat', 'latin1'), 'mp4'],
  ['a Matroska', Buffer.of(0x1a, 0x45, 0xdf, 0xa3, 1), 'matroska'],
  ['a transport stream', packets, 'mpegts'],
  ['one that is cut in the middle of a packet', packets.subarray(100), 'mpegts'],
  ['one behind a tag', Buffer.concat([id3, packets]), 'mpegts'],
  ['sound behind a tag', Buffer.concat([id3, Buffer.of(0xff, 0xfb, 0x90, 0)]), 'mp3'],
  ['an AVI', Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), 'avi'],
  ['a program stream', Buffer.from('000001ba4400040004010189c3f8000001bb', 'hex'), 'mpegps'],
  ['one with stuffing', Buffer.from('000001ba4400040004010189c3faffff000001bb', 'hex'), 'mpegps'],
  ['one of MPEG-1', Buffer.from('000001ba2100010001800001000001bb', 'hex'), 'mpegps'],
  ['a GIF', Buffer.from('GIF89a', 'latin1'), 'gif'],
])('%s is told by its bytes', (_, head, container) => {
  expect(sniffContainer(head)).toBe(container);
});

test.each([
  ['a playlist', '#EXTM3U\n#EXT-X-VERSION:3\nfile:///etc/passwd\n'],
  ['a concatenation script', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
  ['a session description', 'v=0\no=- 0 0 IN IP4 127.0.0.1\n'],
  ['a vector picture', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['subtitles', '1\n00:00:00,000 --> 00:00:01,000\nHello\n'],
  ['a photograph', '\0\0\0\u0020ftypheic'],
  ['a web page', '<!doctype html><video src="/etc/passwd">'],
  ['nothing', ''],
])('%s is none of ours', (_, text) => {
  expect(sniffContainer(Buffer.from(text, 'latin1'))).toBeUndefined();
});

/** Of 320x180 with this byte of aspect and rate, before what has this code. */
const sequence = ({ size = '1400b4', shape = '13', next = 'b5' } = {}) =>
  Buffer.from(`000001b3${size}${shape}ffffe018000001${next}148200010000`, 'hex');
/** Packets of four bytes each, that are said to have so many. */
const pes = (...codes: string[]) => pesOf(4, ...codes);
const pesOf = (told: number, ...codes: string[]) =>
  Buffer.from(codes.map((code) => `000001${code}${told.toString(16).padStart(4, '0')}80000000`).join(''), 'hex');
const LAYER = Buffer.from('000001000000012000c488800007a8', 'hex');
/** A sequence header of 11 bytes that is said to be so long, and what comes behind it. */
const obu = (length: string, next: string) => Buffer.from(`12000a${length}0000000521e7f662000000${next}10ffff`, 'hex');

const units = (...codes: string[]) => Buffer.from(codes.map((code) => `000001${code}00000000`).join(''), 'hex');

test.each([
  ['MPEG-1 or MPEG-2 video', sequence(), 'mpegvideo'],
  ['MPEG-4 video', Buffer.concat([units('b0', 'b5'), LAYER]), 'm4v'],
  ['MPEG-4 video without a word on its sequence', LAYER, 'm4v'],
  ['H.264', units('09', '67', '68', '65'), 'h264'],
  ['H.264 whose parameters are of low priority', units('27', '28', '25'), 'h264'],
  ['HEVC behind zeros', Buffer.concat([Buffer.alloc(3), units('4001', '4201', '4401', '2601')]), 'hevc'],
  ['a program stream without packs', pes('bb', 'e0', 'c0'), 'mpegps'],
  ['packets of a picture alone', pes('e0', 'e0'), 'mpegps'],
  ['IVF', Buffer.from('DKIF\0\0\u0020\0VP80', 'latin1'), 'ivf'],
  ['AV1', obu('0b', '32'), 'obu'],
  ['raw pictures', Buffer.from('YUV4MPEG2 W320 H180', 'latin1'), 'y4m'],
])('%s without a container is told by its first units', (_, head, container) => {
  expect(sniffContainer(head)).toBe(container);
});

test.each([
  ['pictures without parameters', units('65', '41', '41')],
  ['a start code alone', Buffer.of(0, 0, 1)],
  ['noise behind a start code', units('ff', 'fe', 'a7')],
  ['a packet whose length leads nowhere', pesOf(5, 'e0', 'e0')],
  ['a packet before pictures of another kind', Buffer.concat([pes('e0'), units('b3')])],
  ['a packet alone', pes('bd')],
  ['pictures without a width', sequence({ size: '0000b4' })],
  ['pictures without a height', sequence({ size: '140000' })],
  ['pictures of a forbidden aspect', sequence({ shape: '03' })],
  ['pictures of a reserved aspect', sequence({ shape: 'f3' })],
  ['pictures at no rate', sequence({ shape: '10' })],
  ['pictures at a reserved rate', sequence({ shape: '1f' })],
  ['pictures before what does not follow their header', sequence({ next: 'e0' })],
  ['a layer without an object', units('b0', 'b5', '20')],
  ['an object that something stands in', units('b0', 'b5', '00', '20', 'b6')],
  ['a sequence of AV1 of another length', obu('0a', '32')],
  ['a sequence of AV1 of no length', Buffer.from('12000a003210ffff', 'hex')],
  ['a sequence of AV1 without an end to its length', obu('ffffffffffffffffff', '32')],
  ['a sequence of AV1 before what does not follow it', obu('0b', '3a')],
])('%s is no stream of ours', (_, head) => {
  expect(sniffContainer(head)).toBeUndefined();
});

/** The same bytes for the same seed (Mulberry32). */
function noise(seed: number, bytes: number): Buffer {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 24;
  };
  return Buffer.from(Array.from({ length: bytes }, next));
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const ascii = (text: string) => Buffer.from(text, 'latin1');
/** What is no film begins so. */
const OTHERS: readonly (readonly [string, Buffer])[] = [
  ['an icon', hex('0000 0100 0200 2020 0000 0100 2000 a810 0000 2600 0000 1010 0000 0100 2000 6804 0000 ce10 0000')],
  ['a cursor', hex('0000 0200 0100 2020 0000 0000 0000 a810 0000 1600 0000')],
  ['a bitmap', hex('424d 3600 0300 0000 0000 3600 0000 2800 0000 0001 0000 0001 0000 0100 1800')],
  ['a PNG', hex('8950 4e47 0d0a 1a0a 0000 000d 4948 4452 0000 0100 0000 0100 0806 0000 00')],
  ['a JPEG', hex('ffd8 ffe0 0010 4a46 4946 0001 0100 0001 0001 0000')],
  ['a ZIP', hex('504b 0304 1400 0000 0800 0000 2100')],
  ['a PDF', ascii('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n')],
  ['a font', hex('0001 0000 0012 0100 0004 0020 4453 4947 0000 0001')],
  ['a font of the web', hex('774f 4632 0001 0000 0000 2b3c 000e 0000')],
  ['sound', hex('5249 4646 2408 0000 5741 5645 666d 7420 1000 0000 0100 0200')],
  ['a program', hex('7f45 4c46 0201 0100 0000 0000 0000 0000 0300 3e00 0100 0000')],
  ['a program of Windows', hex('4d5a 9000 0300 0000 0400 0000 ffff 0000 b800 0000')],
  ['an archive', hex('1f8b 0800 0000 0000 0003')],
];
const SOUNDS = new Set(['mp3', 'aac', 'wav', 'flac', 'ogg']);

function isFilm(head: Buffer): boolean {
  const container = sniffContainer(head);
  return container !== undefined && !SOUNDS.has(container);
}

test.each(OTHERS)('%s is no film, whatever is in it', (_, start) => {
  // A start code with what could be a layer, further on.
  const layer = Buffer.concat([start, Buffer.alloc(40, 0x11), units('20', 'b6', '67', '68', 'b3', 'e0')]);
  const heads = Array.from({ length: 50 }, (_each, seed) => Buffer.concat([start, noise(seed, 3000)]));
  expect([start, layer, ...heads].filter(isFilm)).toEqual([]);
});

test.each([
  'Feelfree to write to us, of course.\n',
  'The mdat box holds what is to be seen.\r\n',
  'DKIF is what such a file begins with.',
  '\tGood uuid, bad uuid',
])('nor is the text %s', (text) => {
  expect([ascii(text), ascii(text.repeat(200))].filter(isFilm)).toEqual([]);
});

test.each([
  ['of bytes', ''],
  ['behind a start code', '000001'],
  ['behind a start code of a picture', '000001e0'],
  ['behind a sync byte', '47'],
])('nor is noise %s', (_, start) => {
  const heads = Array.from({ length: 2000 }, (_each, seed) =>
    Buffer.concat([Buffer.from(start, 'hex'), noise(seed, [12, 200, 400, 800, 2000][seed % 5] ?? 0)]),
  );
  expect(heads.filter(isFilm).length).toBe(0);
});

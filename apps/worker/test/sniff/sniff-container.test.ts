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

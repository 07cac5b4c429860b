import { expect, test } from 'vitest';
import { contentDisposition } from '../../src/media/download-name.ts';

/** RFC 6266 with RFC 8187, and nothing that a header could break by. */
const SHAPE = /^attachment; filename="([\x20-\x7E]+)"; filename\*=UTF-8''((?:[\w.!#$&+^`|~-]|%[0-9A-F]{2})+)$/;

function namesIn(title: string, label = '720p'): { plain: string | undefined; full: string } {
  const [, plain, encoded = ''] = SHAPE.exec(contentDisposition(title, label, 'mp4')) ?? [];
  return { plain, full: decodeURIComponent(encoded) };
}

test.for<[title: string, plain: string, full: string]>([
  ['A film.mkv', 'A film 720p.mp4', 'A film 720p.mp4'],
  ['invoice\u202Efdp.exe', 'invoice fdp 720p.mp4', 'invoice fdp 720p.mp4'],
  ['a\u2066b\u2069c\u200Fd\u061Ce', 'a b c d e 720p.mp4', 'a b c d e 720p.mp4'],
  ['a\r\nSet-Cookie: b', 'a Set-Cookie  b 720p.mp4', 'a Set-Cookie  b 720p.mp4'],
  ['a\u2028b\0c\u001Bd', 'a b c d 720p.mp4', 'a b c d 720p.mp4'],
  ['../..\\"x"; %22*', 'x ; _22 720p.mp4', 'x ; %22 720p.mp4'],
  ['.htaccess', 'htaccess 720p.mp4', 'htaccess 720p.mp4'],
  ['映画 👩‍👩‍👧', '_ _ 720p.mp4', '映画 👩‍👩‍👧 720p.mp4'],
  ['\uD800', '_ 720p.mp4', '\uFFFD 720p.mp4'],
  ["it's (a) *", "it's (a) 720p.mp4", "it's (a) 720p.mp4"],
  ['\u202E', 'video 720p.mp4', 'video 720p.mp4'],
])('%j is saved as %j, or %j', ([title, plain, full]) => {
  expect(namesIn(title)).toEqual({ plain, full });
});

test('the label of a source’s sound is no safer than a title', () => {
  expect(namesIn('A', 'x\u202E"\r\n\uD800').full).toBe('A x \uFFFD.mp4');
});

test('a long one is cut between characters', () => {
  expect(namesIn('🎬'.repeat(200)).full).toBe(`${'🎬'.repeat(90)} 720p.mp4`);
  expect(namesIn(`a${'🎬'.repeat(200)}`).full).toBe(`a${'🎬'.repeat(89)} 720p.mp4`);
});

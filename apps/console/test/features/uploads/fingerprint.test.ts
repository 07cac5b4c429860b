import { expect, test } from 'vitest';
import { differenceFrom } from '../../../src/features/uploads/difference-from.ts';
import { fingerprint, fullFingerprint, readFingerprint } from '../../../src/features/uploads/fingerprint.ts';
import { fingerprintIn, isSameFile } from '../../../src/features/uploads/remembered-uploads.ts';

const FILE = { name: 'a.mov', size: 10, lastModified: 5 };
const HEAD = 'h0123456789abcdef';

test.for([fingerprint(FILE), `${fingerprint(FILE)}|${HEAD}`])(
  'the same file is known again, a changed one is not: %s',
  (print) => {
    const remembered = { key: `tus::${print}::123` };
    expect(isSameFile(remembered, fingerprint(FILE))).toBe(true);
    expect(isSameFile(remembered, fingerprint({ ...FILE, lastModified: 6 }))).toBe(false);
    expect(isSameFile(remembered, fingerprint({ ...FILE, size: 11 }))).toBe(false);
    expect(fingerprintIn(remembered.key)).toBe(print);
  },
);

test('a fingerprint tells its file, whatever that is called', () => {
  const odd = { name: 'a|7|8::2.mov', size: 10, lastModified: 5 };
  expect(readFingerprint(fingerprint(odd))).toEqual({ ...odd, head: undefined });
  expect(readFingerprint(`${fingerprint(odd)}|${HEAD}`)).toEqual({ ...odd, head: HEAD.slice(1) });
  expect(readFingerprint('something else')).toBeUndefined();
});

function file(content: string, { name = 'Pier.mp4', lastModified = Date.UTC(2026, 0, 2) } = {}): File {
  return new File([content], name, { lastModified });
}

async function begunWith(begun: File) {
  const known = readFingerprint(await fullFingerprint(begun));
  if (known === undefined) throw new Error('It is no fingerprint');
  return known;
}

test('a file chosen again is the same by its size, its date and its first bytes, not by its name', async () => {
  const known = await begunWith(file('one and the same'));
  expect(await differenceFrom(known, file('one and the same'))).toBeUndefined();
  expect(await differenceFrom(known, file('one and the same', { name: 'Copy.mp4' }))).toBeUndefined();
});

test.for<[File, RegExp]>([
  [file('longer than that, by far'), /^This is another file of that name: it has 24 B, not 16 B\.$/],
  [file('longer than that, by far', { name: 'Dunes.mp4' }), /^Dunes\.mp4 is another file: it has 24 B, not 16 B\.$/],
  [file('one and the same', { lastModified: Date.UTC(2026, 0, 3) }), /: it was changed .*3.*, not .*2/],
  [file('two and the same'), /: it begins with other bytes\.$/],
])('what is different is said: %#', async ([other, words]) => {
  expect(await differenceFrom(await begunWith(file('one and the same')), other)).toMatch(words);
});

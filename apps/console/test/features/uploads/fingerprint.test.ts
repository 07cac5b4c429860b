import { expect, test } from 'vitest';
import { fingerprint } from '../../../src/features/uploads/fingerprint.ts';
import { isSameFile } from '../../../src/features/uploads/remembered-uploads.ts';

const FILE = { name: 'a.mov', size: 10, lastModified: 5 };

test('the same file is known again, a changed one is not', () => {
  const remembered = { key: `tus::${fingerprint(FILE)}::123` };
  expect(isSameFile(remembered, fingerprint(FILE))).toBe(true);
  expect(isSameFile(remembered, fingerprint({ ...FILE, lastModified: 6 }))).toBe(false);
  expect(isSameFile(remembered, fingerprint({ ...FILE, size: 11 }))).toBe(false);
});

import { expect, test } from 'vitest';
import { plainTitle } from '../../../src/features/share/plain-title.ts';

test.each([
  ['Harbour.mp4', 'Harbour'],
  ['HARBOUR.MOV', 'HARBOUR'],
  ['Cut 2.10', 'Cut 2.10'],
  ['Final.v3.mkv', 'Final.v3'],
  ['.mp4', '.mp4'],
  ['The mp4 story', 'The mp4 story'],
])('%s is shown as %s', (title, shown) => {
  expect(plainTitle(title)).toBe(shown);
});

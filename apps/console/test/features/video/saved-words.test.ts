import { expect, test } from 'vitest';
import { savedWords } from '../../../src/features/video/saved-words.ts';

test.each([
  [250, '75 %'],
  [1_000, '0 %'],
  [1_001, '0 %'],
  [1_120, '12 % larger'],
  [3_400, '3.4× as large'],
])('%i bytes of a file of 1000: %s', (bytes, words) => {
  expect(savedWords(bytes, 1_000)).toBe(words);
});

import { expect, test } from 'vitest';
import { spread } from '../../../src/features/video/spread.ts';

test('all where there are few, and otherwise some from the first to the last', () => {
  expect(spread([1, 2, 3], 4)).toEqual([1, 2, 3]);
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
});

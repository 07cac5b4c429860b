import { expect, test } from 'vitest';
import { nextSorting, sortingNamed } from '../../../src/features/videos/sortings.ts';

test('a column is sorted as is meant mostly, then the other way round', () => {
  expect(nextSorting('size', 'newest')).toBe('largest');
  expect(nextSorting('size', 'largest')).toBe('smallest');
  expect(nextSorting('size', 'smallest')).toBe('largest');
  expect(nextSorting('title', 'largest')).toBe('title');
  expect(nextSorting('added', 'newest')).toBe('oldest');
});

test('what the address does not name is the usual order', () => {
  expect(sortingNamed('longest')).toBe('longest');
  expect(sortingNamed('tallest')).toBe('newest');
  expect(sortingNamed(null)).toBe('newest');
});

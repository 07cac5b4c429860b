import { expect, test } from 'vitest';
import { breakGaps } from '../../../src/features/charts/break-gaps.ts';

test('a line is broken where nobody looked for longer than the gap, and nowhere else', () => {
  const points = [0, 10, 20, 60, 70].map((at) => ({ at, value: at }));
  expect(breakGaps(points, 30)).toEqual([...points.slice(0, 3), { at: 21 }, ...points.slice(3)]);
  expect(breakGaps(points, 40)).toEqual(points);
  expect(breakGaps([], 1)).toEqual([]);
});
